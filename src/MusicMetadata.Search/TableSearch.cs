using MusicMetadata.Catalog;
using MusicMetadata.Search.Postings;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>Finds the rows of one table that may have a name containing a text, in the order of answers.</summary>
internal sealed class TableSearch
{
    /// <summary>
    /// How many n-grams' lists are compared, the rarest. What has these and not the text is rare enough to be told by its name, and each
    /// more costs every candidate another step.
    /// </summary>
    private const int MaxLists = 12;

    private readonly Statement _ngram;
    private readonly Statement _rows;
    private readonly PostingCursor[] _cursors = new PostingCursor[MaxLists];
    private readonly byte[] _block = new byte[(KeyBlock.Size * sizeof(long)) + 16 + BitReader.Padding];
    private readonly List<(long Ordinals, long NGram)> _ngrams = [];
    private int _lists;
    private long _next;

    /// <summary>Prepares the statements.</summary>
    /// <exception cref="SqliteException">The index lacks a table.</exception>
    public TableSearch(Connection index, IndexTable table)
    {
        _ngram = index.Prepare($"SELECT ranks, start, chunk FROM {table.Name}_grams WHERE gram = ?1");
        _rows = index.Prepare($"SELECT rowids FROM {table.Name}_rows WHERE block = ?1");
        var atOrBefore = index.Prepare($"SELECT place, chunk FROM {table.Name}_postings WHERE place <= ?1 ORDER BY place DESC LIMIT 1");
        var after = index.Prepare($"SELECT place, chunk FROM {table.Name}_postings WHERE place > ?1 ORDER BY place LIMIT 1");
        for (var i = 0; i < _cursors.Length; i++)
        {
            _cursors[i] = new PostingCursor(atOrBefore, after);
        }
    }

    /// <summary>How many names there are at most that contain a text: as many as have the rarest of its n-grams.</summary>
    /// <param name="folded">The folded text, not empty.</param>
    /// <returns>Null when the index has only the best of them, because the text is short and common.</returns>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    public long? Count(ReadOnlySpan<byte> folded)
    {
        var count = long.MaxValue;
        var isShort = false;
        foreach (var ngram in NGram.Of(folded))
        {
            using var rows = _ngram.Query(ngram);
            count = Math.Min(count, rows.Step() ? rows.Number(0) : 0);
            isShort |= NGram.IsShort(ngram);
        }

        return isShort && count >= IndexSchema.MaxShortOrdinals ? null : count;
    }

    /// <summary>Finds rows of the catalog that may have a name containing a text, in the order of answers.</summary>
    /// <param name="folded">The folded text, not empty.</param>
    /// <param name="isFirst">Begins a search; otherwise goes on where the last call ended.</param>
    /// <param name="count">How many to find; fewer are found only when there are no more.</param>
    /// <param name="candidates">Takes their keys.</param>
    /// <param name="deadline">Asked again and again whether to go on.</param>
    /// <returns>Whether the names of the candidates contain the text for certain, because it is a single n-gram.</returns>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    /// <exception cref="InvalidDataException">It is.</exception>
    public bool Find(ReadOnlySpan<byte> folded, bool isFirst, int count, List<CatalogKey> candidates, Deadline deadline)
    {
        if (!isFirst || Begin(folded))
        {
            while (candidates.Count < count && MoveNext(out var key, deadline))
            {
                deadline.ThrowIfOver();
                candidates.Add(new CatalogKey(key));
            }
        }

        return _ngrams.Count == 1;
    }

    /// <summary>Begins a search; false when no name contains the text.</summary>
    private bool Begin(ReadOnlySpan<byte> folded)
    {
        _ngrams.Clear();
        foreach (var ngram in NGram.Of(folded))
        {
            using var rows = _ngram.Query(ngram);
            if (!rows.Step())
            {
                return false;
            }

            _ngrams.Add((rows.Number(0), ngram));
        }

        _ngrams.Sort();
        _lists = Math.Min(_ngrams.Count, MaxLists);
        for (var i = 0; i < _lists; i++)
        {
            using var rows = _ngram.Query(_ngrams[i].NGram);
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
    private bool MoveNext(out long key, Deadline deadline)
    {
        for (var steps = 0; _next <= uint.MaxValue; steps++)
        {
            if ((steps & 0xFF) == 0xFF)
            {
                deadline.ThrowIfOver();
            }

            var ordinal = (uint)_next;
            var agree = 0;
            var found = true;
            while (agree < _lists && (found = _cursors[agree].MoveTo(ordinal)) && _cursors[agree].Current == ordinal)
            {
                agree++;
            }

            if (!found)
            {
                // A list ends before: no further name has all n-grams.
                break;
            }

            if (agree == _lists)
            {
                _next = ordinal + 1L;
                key = KeyOf(ordinal);
                return true;
            }

            _next = _cursors[agree].Current;
        }

        key = 0;
        return false;
    }

    private long KeyOf(uint ordinal)
    {
        using var rows = _rows.Query(ordinal / KeyBlock.Size);
        if (!rows.Step() || rows.Text(0) is var block && (block.Length == 0 || block.Length > _block.Length - BitReader.Padding))
        {
            throw new InvalidDataException($"no rows of ordinal {ordinal}");
        }

        block.CopyTo(_block);
        _block.AsSpan(block.Length, BitReader.Padding).Clear();
        return KeyBlock.Decode(_block, (int)(ordinal % KeyBlock.Size));
    }
}
