using System.Buffers.Binary;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Sorts any number of records by their bytes, in memory of a fixed size and files.</summary>
internal sealed class RecordSorter : IDisposable
{
    private readonly string _path;
    private readonly List<string> _runs = [];
    private byte[] _bytes;
    private Entry[] _entries;
    private int _used;
    private int _count;

    /// <summary>A sorter without records.</summary>
    /// <param name="path">What its files are called, but for a number.</param>
    /// <param name="memory">How many bytes it may use.</param>
    public RecordSorter(string path, long memory)
    {
        _path = path;

        // Most records have some 80 bytes, so both are full at about the same time.
        _entries = new Entry[(int)Math.Min(Array.MaxLength, memory / 5 / 16)];
        _bytes = new byte[(int)Math.Min(Array.MaxLength, memory / 5 * 4)];
    }

    /// <summary>Adds a record. Of those that are the same, all are kept.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        if (_count == _entries.Length || _used + sizeof(int) + record.Length > _bytes.Length)
        {
            WriteRun();
        }

        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_used), record.Length);
        record.CopyTo(_bytes.AsSpan(_used + sizeof(int)));
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        prefix.Clear();
        record[..Math.Min(record.Length, prefix.Length)].CopyTo(prefix);
        _entries[_count++] = new Entry(BinaryPrimitives.ReadUInt64BigEndian(prefix), _used);
        _used += sizeof(int) + record.Length;
    }

    /// <summary>All records in their order. Nothing can be added any more, and the memory is given back.</summary>
    public SortedRecords Sort()
    {
        WriteRun();
        (_bytes, _entries) = ([], []);

        // Otherwise the collector would let it lie until there is much more, and the process would have twice what it was allowed.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new SortedRecords(_runs);
    }

    /// <inheritdoc/>
    public void Dispose() => _runs.ForEach(File.Delete);

    private void WriteRun()
    {
        _entries.AsSpan(0, _count).Sort(new ByRecord(_bytes));
        var path = $"{_path}.{_runs.Count}";
        _runs.Add(path);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 18);
        foreach (var entry in _entries.AsSpan(0, _count))
        {
            file.Write(_bytes, entry.Start, sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(entry.Start)));
        }

        (_used, _count) = (0, 0);
    }

    /// <summary>Where a record lies, with its first bytes, by which most are told apart.</summary>
    private readonly record struct Entry(ulong Prefix, int Start);

    private readonly struct ByRecord(byte[] bytes) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y) =>
            x.Prefix != y.Prefix ? x.Prefix.CompareTo(y.Prefix) : Record(x).SequenceCompareTo(Record(y));

        private ReadOnlySpan<byte> Record(Entry entry) =>
            bytes.AsSpan(entry.Start + sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(entry.Start)));
    }
}
