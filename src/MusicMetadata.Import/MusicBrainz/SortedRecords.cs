using System.Buffers.Binary;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Merges sorted files of records.</summary>
internal sealed class SortedRecords : IDisposable
{
    private readonly PriorityQueue<Run, Run> _queue;
    private readonly List<Run> _runs = [];
    private Run? _current;

    /// <summary>Opens the files, which must stay until this is disposed of.</summary>
    public SortedRecords(IReadOnlyList<string> paths)
    {
        _queue = new PriorityQueue<Run, Run>(Comparer<Run>.Create((x, y) => x.Record.SequenceCompareTo(y.Record)));
        foreach (var path in paths)
        {
            var run = new Run(path);
            _runs.Add(run);
            if (run.Read())
            {
                _queue.Enqueue(run, run);
            }
        }
    }

    /// <summary>The record that it is at, valid until the next call of <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Current => _current!.Record;

    /// <summary>Goes to the next record; false when there is none.</summary>
    public bool Read()
    {
        if (_current is not null && _current.Read())
        {
            _current = _queue.EnqueueDequeue(_current, _current);
            return true;
        }

        return _queue.TryDequeue(out _current, out _);
    }

    /// <inheritdoc/>
    public void Dispose() => _runs.ForEach(run => run.Dispose());

    private sealed class Run(string path) : IDisposable
    {
        private readonly FileStream _file = new(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        private byte[] _buffer = new byte[1 << 20];
        private int _start;
        private int _end;
        private int _length;

        public ReadOnlySpan<byte> Record => _buffer.AsSpan(_start - _length, _length);

        public bool Read()
        {
            if (!Fill(sizeof(int)))
            {
                return false;
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
            _start += sizeof(int);
            if (!Fill(length))
            {
                throw new EndOfStreamException($"{path} has been cut short.");
            }

            (_start, _length) = (_start + length, length);
            return true;
        }

        public void Dispose() => _file.Dispose();

        private bool Fill(int count)
        {
            while (_end - _start < count)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
                if (_buffer.Length < count)
                {
                    Array.Resize(ref _buffer, count);
                }

                var read = _file.Read(_buffer, _end, _buffer.Length - _end);
                if (read == 0)
                {
                    return false;
                }

                _end += read;
            }

            return true;
        }
    }
}
