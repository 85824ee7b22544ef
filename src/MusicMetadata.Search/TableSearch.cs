using MusicMetadata.Catalog;
using MusicMetadata.Search.Postings;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>Finds the rows of one table that may have a name containing a text, in the order of answers.</summary>
internal sealed class TableSearch
{
    /// <summary>
    /// How many grams' lists are compared, the rarest. What has these and not the text is rare enough to be told by its name, and each more
    /// costs every candidate another look.
    /// </summary>
    private const int MostLists = 12;

    private readonly Statement _gram;
    private readonly Statement _rows;
    private readonly PostingCursor[] _cursors = new PostingCursor[MostLists];
    private readonly byte[] _block = new byte[(RowBlock.Ranks * sizeof(long)) + 16 + BitReader.Padding];
    private readonly List<(long Ranks, long Gram)> _grams = [];
    private int _lists;
    private long _next;

    /// <summary>Prepares the statements.</summary>
    /// <exception cref="SqliteException">The index lacks a table.</exception>
    public TableSearch(Connection index, SourceTable table)
    {
        _gram = index.Prepare($"SELECT ranks, start, chunk FROM {table.Name}_grams WHERE gram = ?1");
        _rows = index.Prepare($"SELECT rowids FROM {table.Name}_rows WHERE block = ?1");
        var atOrBefore = index.Prepare($"SELECT place, chunk FROM {table.Name}_postings WHERE place <= ?1 ORDER BY place DESC LIMIT 1");
        var after = index.Prepare($"SELECT place, chunk FROM {table.Name}_postings WHERE place > ?1 ORDER BY place LIMIT 1");
        for (var i = 0; i < _cursors.Length; i++)
        {
            _cursors[i] = new PostingCursor(atOrBefore, after);
        }
    }

    /// <summary>Finds rows of the catalog that may have a name containing a text, in the order of answers.</summary>
    /// <param name="folded">The folded text, not empty.</param>
    /// <param name="isFirst">Begins a search; otherwise goes on where the last call ended.</param>
    /// <param name="count">How many to find; fewer are found only when there are no more.</param>
    /// <param name="candidates">Takes their keys.</param>
    /// <param name="deadline">Asked again and again whether to go on.</param>
    /// <returns>Whether the names of the candidates contain the text for certain, because it is a single gram.</returns>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    /// <exception cref="InvalidDataException">It is.</exception>
    public bool Find(ReadOnlySpan<byte> folded, bool isFirst, int count, List<CatalogKey> candidates, Deadline deadline)
    {
        if (!isFirst || Begin(folded))
        {
            while (candidates.Count < count && MoveNext(out var rowid, deadline))
            {
                deadline.ThrowIfOver();
                candidates.Add(new CatalogKey(rowid));
            }
        }

        return _grams.Count == 1;
    }

    /// <summary>Begins a search; false when no name contains the text.</summary>
    private bool Begin(ReadOnlySpan<byte> folded)
    {
        _grams.Clear();
        foreach (var gram in Gram.Of(folded))
        {
            using var rows = _gram.Query(gram);
            if (!rows.Step())
            {
                return false;
            }

            _grams.Add((rows.Number(0), gram));
        }

        _grams.Sort();
        _lists = Math.Min(_grams.Count, MostLists);
        for (var i = 0; i < _lists; i++)
        {
            using var rows = _gram.Query(_grams[i].Gram);
            _ = rows.Step();
            if (rows.IsNull(2))
            {
                _cursors[i].Begin(rows.Number(1));
            }
            else
            {
                _cursors[i].Begin((uint)rows.Number(1), rows.Text(2));
            }
        }

        _next = 0;
        return true;
    }

    /// <summary>Finds the next candidate; false when there is none.</summary>
    private bool MoveNext(out long rowid, Deadline deadline)
    {
        for (var steps = 0; _next <= uint.MaxValue; steps++)
        {
            if ((steps & 0xFF) == 0xFF)
            {
                deadline.ThrowIfOver();
            }

            var rank = (uint)_next;
            var agree = 0;
            var found = true;
            while (agree < _lists && (found = _cursors[agree].MoveTo(rank)) && _cursors[agree].Current == rank)
            {
                agree++;
            }

            if (!found)
            {
                // A list ends before: no further name has all grams.
                break;
            }

            if (agree == _lists)
            {
                _next = rank + 1L;
                rowid = RowidOf(rank);
                return true;
            }

            _next = _cursors[agree].Current;
        }

        rowid = 0;
        return false;
    }

    private long RowidOf(uint rank)
    {
        using var rows = _rows.Query(rank / RowBlock.Ranks);
        if (!rows.Step() || rows.Text(0) is var block && (block.Length == 0 || block.Length > _block.Length - BitReader.Padding))
        {
            throw new InvalidDataException($"no rows of rank {rank}");
        }

        block.CopyTo(_block);
        _block.AsSpan(block.Length, BitReader.Padding).Clear();
        return RowBlock.Decode(_block, (int)(rank % RowBlock.Ranks));
    }
}
