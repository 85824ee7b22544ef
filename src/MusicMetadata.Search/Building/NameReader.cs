using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Reads a table of the catalog once, from its first row to its last, and leaves its names folded and sorted in files of a folder. What was
/// read before a kill is not read again.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="memory">About how many bytes to use.</param>
/// <param name="progress">Told which rowid has been reached.</param>
internal sealed class NameReader(string folder, long memory, IWorkProgress progress)
{
    private const string Complete = ".complete";
    private const int LargestArena = 1 << 30;

    private byte[] _arena = [];
    private Entry[] _entries = [];
    private int _used;
    private int _count;

    /// <summary>The runs of a table that has been read, or has been in part.</summary>
    public string[] RunsOf(SourceTable table)
    {
        var runs = Directory.GetFiles(folder, $"{table.Name}-*.names");
        Array.Sort(runs, StringComparer.Ordinal);
        return runs;
    }

    /// <summary>Reads what has not been read of a table.</summary>
    /// <param name="source">The catalog.</param>
    /// <param name="table">What to read.</param>
    /// <param name="highest">The table's highest rowid.</param>
    /// <param name="cancellation">Stops it; the runs that are whole stay.</param>
    /// <exception cref="SqliteException">The catalog cannot be read.</exception>
    public void Read(Connection source, SourceTable table, long highest, CancellationToken cancellation)
    {
        var complete = Path.Combine(folder, table.Name + Complete);
        if (File.Exists(complete))
        {
            return;
        }

        var runs = RunsOf(table);
        var last = runs.Length > 0 ? LastRowid(runs[^1]) : long.MinValue;
        _arena = new byte[(int)Math.Min(LargestArena, memory * 2 / 5)];
        _entries = new Entry[(int)Math.Clamp(highest, 1, memory / 2 / Entry.Size)];
        byte[] buffer = [];
        using var stage = progress.Begin($"Reading {table.Name}", highest - Math.Max(0, last));
        var begun = Math.Max(0, last);
        var read = 0;
        using var statement = source.Prepare(table.Names);
        using (var rows = statement.Query(last))
        {
            while (rows.Step())
            {
                var name = NameFolding.Fold(rows.Text(1), ref buffer);
                if (_count == _entries.Length || _used + name.Length > _arena.Length)
                {
                    Spill(table, runs.Length, last);
                    runs = RunsOf(table);
                    if (name.Length > _arena.Length)
                    {
                        _arena = new byte[name.Length];
                    }
                }

                last = rows.Number(0);
                name.CopyTo(_arena.AsSpan(_used));
                _entries[_count++] = new Entry(new Place(rows.Number(2), last), _used, name.Length);
                _used += name.Length;
                if ((++read & 0x3FF) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    stage.Advance(last - begun);
                }
            }
        }

        stage.Advance(Math.Max(0, highest - begun));
        if (_count > 0)
        {
            Spill(table, runs.Length, last);
        }

        (_arena, _entries) = ([], []);
        new SpillWriter(complete).Finish();
    }

    private void Spill(SourceTable table, int number, long last)
    {
        var entries = _entries.AsSpan(0, _count);
        entries.Sort();
        using var writer = new SpillWriter(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{table.Name}-{number:D6}-{last}.names")));
        foreach (var entry in entries)
        {
            NameRun.Write(writer, entry.Place, _arena.AsSpan(entry.Start, entry.Length));
        }

        writer.Finish();
        (_used, _count) = (0, 0);
    }

    /// <summary>The last rowid of a run, which its name ends with.</summary>
    private static long LastRowid(string run)
    {
        var name = Path.GetFileNameWithoutExtension(run);
        return long.Parse(name.AsSpan(name.IndexOf('-') + "-000000-".Length), CultureInfo.InvariantCulture);
    }

    private readonly record struct Entry(Place Place, int Start, int Length) : IComparable<Entry>
    {
        /// <summary>Bytes that one takes.</summary>
        public const int Size = 24;

        public int CompareTo(Entry other) => Place.CompareTo(other.Place);
    }
}
