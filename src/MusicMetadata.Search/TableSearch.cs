using MusicMetadata.Catalog;
using MusicMetadata.Search.Postings;
using MusicMetadata.Search.Terms;
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
    private readonly Statement _atOrBefore;
    private readonly Statement _after;
    private readonly List<PostingCursor> _cursors = [];
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
        _atOrBefore = index.Prepare($"SELECT place, chunk FROM {table.Name}_postings WHERE place <= ?1 ORDER BY place DESC LIMIT 1");
        _after = index.Prepare($"SELECT place, chunk FROM {table.Name}_postings WHERE place > ?1 ORDER BY place LIMIT 1");
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
            _ = TryOpen(_ngrams[i].NGram, CursorAt(i), out _);
        }

        _next = 0;
        return true;
    }

    /// <summary>Finds the rows that have terms, in the order of answers.</summary>
    /// <param name="groups">Of each, a row has one of the terms at least. Not empty.</param>
    /// <param name="count">How many to find at most.</param>
    /// <param name="deadline">Asked again and again whether to go on.</param>
    /// <returns>Their ordinals, for <see cref="KeyOf"/>.</returns>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    public List<long> FindByTerms(List<List<long>> groups, int count, Deadline deadline)
    {
        var used = 0;
        var opened = new List<TermCursor>();
        foreach (var terms in groups)
        {
            var group = new TermCursor();
            foreach (var term in terms)
            {
                var cursor = CursorAt(used);
                if (TryOpen(term, cursor, out var ordinals))
                {
                    group.Add(cursor, ordinals);
                    used++;
                }
            }

            opened.Add(group);
        }

        return TermCursor.Intersect(opened, count, deadline);
    }

    /// <summary>Whether anything has a term.</summary>
    public bool Has(long term)
    {
        using var rows = _ngram.Query(term);
        return rows.Step();
    }

    private PostingCursor CursorAt(int index)
    {
        while (_cursors.Count <= index)
        {
            _cursors.Add(new PostingCursor(_atOrBefore, _after));
        }

        return _cursors[index];
    }

    /// <summary>Puts a cursor before the list of an n-gram or term; false when there is none.</summary>
    private bool TryOpen(long term, PostingCursor cursor, out long ordinals)
    {
        using var rows = _ngram.Query(term);
        if (!rows.Step())
        {
            ordinals = 0;
            return false;
        }

        ordinals = rows.Number(0);
        if (rows.IsNull(2))
        {
            cursor.Begin(rows.Number(1));
        }
        else
        {
            cursor.Begin((uint)rows.Number(1), rows.Text(2));
        }

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

    /// <summary>The key of an ordinal.</summary>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public long KeyOf(long ordinal)
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
