using System.Globalization;
using System.Runtime.InteropServices;
using MusicMetadata.Catalog;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Reads the names and terms of an entity once, from the first key to the last, and leaves them sorted in files of a folder. What was read
/// before a kill is not read again.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="memory">About how many bytes to use.</param>
/// <param name="withTerms">Whether terms are read too.</param>
/// <param name="progress">Told which key has been reached.</param>
internal sealed class NameReader(string folder, long memory, bool withTerms, IWorkProgress progress)
{
    private const string Complete = ".complete";
    private const int MaxArena = 1 << 30;

    private byte[] _arena = [];
    private Entry[] _entries = [];
    private byte[] _folded = [];
    private int _used;
    private int _count;
    private int _nextRun;
    private CatalogKey _last;

    private ScanFields Fields => withTerms ? ScanFields.Match : ScanFields.Names;

    /// <summary>The runs of an entity that has been read, or has been in part.</summary>
    public string[] RunsOf(IndexTable table)
    {
        var runs = Directory.GetFiles(folder, $"{table.Name}-*.names");
        Array.Sort(runs, StringComparer.Ordinal);
        return runs;
    }

    /// <summary>Reads what has not been read of an entity.</summary>
    /// <param name="source">The catalog.</param>
    /// <param name="table">Whose names to read.</param>
    /// <param name="extent">How much of it there is.</param>
    /// <param name="cancellation">Stops it; the runs that are whole stay.</param>
    /// <exception cref="CatalogException">The catalog cannot be read.</exception>
    public async Task ReadAsync(ICatalogReader source, IndexTable table, EntityExtent extent, CancellationToken cancellation)
    {
        var complete = Path.Combine(folder, table.Name + Complete);
        if (File.Exists(complete))
        {
            return;
        }

        var runs = RunsOf(table);
        var names = new NameScan(source, table.Entity, runs.Length > 0 ? LastKey(runs[^1]) : CatalogKey.None, Fields);
        var terms = withTerms ? new TermReader(source, table.Entity) : null;

        // How far a key lies says how far reading has got: keys go as records lie in storage.
        var (begun, end) = (Position(names.Last), Position(extent.LastKey));
        _arena = new byte[(int)Math.Min(MaxArena, memory * 2 / 5)];
        _entries = new Entry[(int)Math.Clamp(extent.EstimatedCount, 1, memory / 2 / Entry.Size)];
        _nextRun = runs.Length;
        using var stage = progress.Begin($"Reading {table.Name}", Math.Max(0, end - begun));
        await (terms?.BeginAsync(cancellation) ?? default);
        while (await names.ReadAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            await (terms?.ReadAsync(names.Records) ?? default);
            for (var i = 0; i < names.Count; i++)
            {
                Add(table, names[i], terms is null ? [] : terms.Of(names.Records, i));
            }

            stage.Advance(Math.Max(0, names.Last.Value - begun));
        }

        stage.Advance(Math.Max(0, end - begun));
        if (_count > 0)
        {
            Spill(table);
        }

        (_arena, _entries) = ([], []);
        new SpillWriter(complete).Finish();
    }

    private void Add(IndexTable table, NameScan.Entry entry, ReadOnlySpan<long> terms)
    {
        var name = NameFolding.Fold(entry.Name, ref _folded);
        var termBytes = MemoryMarshal.AsBytes(terms);
        var length = name.Length + termBytes.Length;
        if (_count == _entries.Length || _used + length > _arena.Length)
        {
            if (_count > 0)
            {
                Spill(table);
            }

            if (length > _arena.Length)
            {
                _arena = new byte[length];
            }
        }

        name.CopyTo(_arena.AsSpan(_used));
        termBytes.CopyTo(_arena.AsSpan(_used + name.Length));
        _entries[_count++] = new Entry(new SortKey(entry.Order, entry.Key.Value), _used, name.Length, terms.Length);
        _used += length;
        _last = entry.Key;
    }

    /// <summary>Writes a run whose name says up to which key everything has been read.</summary>
    private void Spill(IndexTable table)
    {
        var entries = _entries.AsSpan(0, _count);
        entries.Sort();
        var name = string.Create(CultureInfo.InvariantCulture, $"{table.Name}-{_nextRun++:D6}-{_last.Value}.names");
        using var writer = new SpillWriter(Path.Combine(folder, name));
        foreach (var entry in entries)
        {
            var end = entry.Start + entry.NameLength;
            NameRun.Write(
                writer, entry.SortKey, _arena.AsSpan(entry.Start, entry.NameLength), _arena.AsSpan(end, entry.Terms * sizeof(long)));
        }

        writer.Finish();
        (_used, _count) = (0, 0);
    }

    /// <summary>The last key of a run.</summary>
    private static CatalogKey LastKey(string run)
    {
        var name = Path.GetFileNameWithoutExtension(run);
        return new CatalogKey(long.Parse(name.AsSpan(name.IndexOf('-') + "-000000-".Length), CultureInfo.InvariantCulture));
    }

    private static long Position(CatalogKey key) => Math.Max(0, key.Value);

    private readonly record struct Entry(SortKey SortKey, int Start, int NameLength, int Terms) : IComparable<Entry>
    {
        /// <summary>Bytes that one takes.</summary>
        public const int Size = 32;

        public int CompareTo(Entry other) => SortKey.CompareTo(other.SortKey);
    }
}
