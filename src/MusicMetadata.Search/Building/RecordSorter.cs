using System.Buffers.Binary;
using System.Globalization;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Sorts more records than fit into memory by their bytes: sorted runs in files of a folder, merged in the end. What was collected before a
/// kill is not collected again.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="name">What their names begin with.</param>
/// <param name="memory">About how many bytes to use.</param>
internal sealed class RecordSorter(string folder, string name, long memory)
{
    private const string Complete = ".complete";
    private const int MaxArena = 1 << 30;

    private byte[] _arena = [];
    private Entry[] _entries = [];
    private int _used;
    private int _count;

    /// <summary>Whether everything has been collected.</summary>
    public bool IsComplete => File.Exists(CompletePath);

    /// <summary>Records collected by this process.</summary>
    public long Count { get; private set; }

    /// <summary>How far collecting had got when the last run was written; null when there is none.</summary>
    public long? Position => Runs is [.., var last] ? PositionOf(last) : null;

    private string CompletePath => Path.Combine(folder, name + Complete);

    private string[] Runs
    {
        get
        {
            var runs = Directory.GetFiles(folder, $"{name}-*.sorted");
            Array.Sort(runs, StringComparer.Ordinal);
            return runs;
        }
    }

    /// <summary>Whether another record of a length needs <see cref="Spill"/> first.</summary>
    public bool IsFullFor(int length) => _count > 0 && (_count == _entries.Length || _used + length > _arena.Length);

    /// <summary>Adds a record.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        if (_arena.Length == 0)
        {
            _arena = new byte[(int)Math.Min(MaxArena, memory * 3 / 5)];
            _entries = new Entry[(int)Math.Min(memory * 2 / 5 / Entry.Size, int.MaxValue / 2)];
        }

        if (record.Length > _arena.Length)
        {
            _arena = new byte[record.Length];
        }

        record.CopyTo(_arena.AsSpan(_used));
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        prefix.Clear();
        record[..Math.Min(record.Length, prefix.Length)].CopyTo(prefix);
        _entries[_count++] = new Entry(BinaryPrimitives.ReadUInt64BigEndian(prefix), _used, record.Length);
        _used += record.Length;
        Count++;
    }

    /// <summary>Writes what is in memory as a run.</summary>
    /// <param name="position">How far collecting has got.</param>
    public void Spill(long position)
    {
        if (_count == 0)
        {
            return;
        }

        var arena = _arena;
        _entries.AsSpan(0, _count).Sort((left, right) => left.Prefix != right.Prefix
            ? left.Prefix.CompareTo(right.Prefix)
            : arena.AsSpan(left.Start, left.Length).SequenceCompareTo(arena.AsSpan(right.Start, right.Length)));
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{Runs.Length:D6}-{position}.sorted"));
        using var writer = new SpillWriter(path);
        foreach (var entry in _entries.AsSpan(0, _count))
        {
            writer.WriteNumber((ulong)entry.Length);
            writer.WriteBytes(arena.AsSpan(entry.Start, entry.Length));
        }

        writer.Finish();
        (_used, _count) = (0, 0);
    }

    /// <summary>Says that everything has been collected.</summary>
    public void Finish(long position)
    {
        Spill(position);
        (_arena, _entries) = ([], []);
        new SpillWriter(CompletePath).Finish();
    }

    /// <summary>All records in the order of their bytes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Merge()
    {
        var runs = Runs;
        var bufferSize = (int)Math.Clamp(memory / 4 / Math.Max(1, runs.Length), 4096, 1 << 20);
        var heads = new PriorityQueue<Run, ReadOnlyMemory<byte>>(
            Comparer<ReadOnlyMemory<byte>>.Create((left, right) => left.Span.SequenceCompareTo(right.Span)));
        try
        {
            foreach (var path in runs)
            {
                var run = new Run(path, bufferSize);
                if (run.MoveNext())
                {
                    heads.Enqueue(run, run.Record);
                }
                else
                {
                    run.Dispose();
                }
            }

            while (heads.TryDequeue(out var run, out var record))
            {
                yield return record;
                if (run.MoveNext())
                {
                    heads.Enqueue(run, run.Record);
                }
                else
                {
                    run.Dispose();
                }
            }
        }
        finally
        {
            foreach (var (run, _) in heads.UnorderedItems)
            {
                run.Dispose();
            }
        }
    }

    private static long PositionOf(string run)
    {
        var text = Path.GetFileNameWithoutExtension(run);
        return long.Parse(text.AsSpan(text.IndexOf('-') + "-000000-".Length), CultureInfo.InvariantCulture);
    }

    private readonly record struct Entry(ulong Prefix, int Start, int Length)
    {
        /// <summary>Bytes that one takes.</summary>
        public const int Size = 16;
    }

    private sealed class Run(string path, int bufferSize) : IDisposable
    {
        private readonly SpillReader _reader = new(path, bufferSize);
        private byte[] _record = new byte[256];

        /// <summary>The current record, valid until the next call of <see cref="MoveNext"/>.</summary>
        public ReadOnlyMemory<byte> Record { get; private set; }

        public bool MoveNext()
        {
            if (_reader.AtEnd)
            {
                return false;
            }

            var length = (int)_reader.ReadNumber();
            if (length > _record.Length)
            {
                _record = new byte[length * 2];
            }

            _reader.ReadBytes(length).CopyTo(_record);
            Record = _record.AsMemory(0, length);
            return true;
        }

        public void Dispose() => _reader.Dispose();
    }
}
