using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>The keys of a table's rows.</summary>
/// <param name="connection">The catalog.</param>
/// <param name="table">The table.</param>
internal sealed class TableKeys(Connection connection, Table table)
{
    private readonly Statement _after = connection.Prepare($"SELECT key FROM {table.Name} WHERE key > ?1 ORDER BY key LIMIT 1");
    private readonly Statement _upTo = connection.Prepare($"SELECT key FROM {table.Name} WHERE key <= ?1 ORDER BY key DESC LIMIT 1");

    /// <summary>The first key after one; null when there is none.</summary>
    public long? After(long key) => First(_after, key);

    /// <summary>The last key that does not lie beyond one; null when there is none.</summary>
    public long? UpTo(long key) => First(_upTo, key);

    /// <summary>The last key; null when there is none.</summary>
    public long? Last() => UpTo(long.MaxValue);

    private static long? First(Statement statement, long key)
    {
        using var rows = statement.Query(key);
        return rows.Step() ? rows.Number(0) : null;
    }
}

/// <summary>A table of blocks of pairs: to each of its keys belongs a row of another table.</summary>
/// <param name="connection">The catalog.</param>
/// <param name="table">The table.</param>
internal sealed class PairTable(Connection connection, Table table)
{
    private readonly BlobTable _blocks = new(connection, table);
    private readonly TableKeys _keys = new(connection, table);
    private readonly List<(long Key, long Row)> _pairs = [];

    /// <summary>The row of a key; null when it has none.</summary>
    public long? Find(long key)
    {
        _pairs.Clear();
        _ = _blocks.FindLast(key, this, static (first, blob, found) => found.Load(first, blob));
        foreach (var pair in _pairs)
        {
            if (pair.Key == key)
            {
                return pair.Row;
            }
        }

        return null;
    }

    /// <summary>Adds keys to a list in their order.</summary>
    /// <param name="after">Only those beyond it.</param>
    /// <param name="below">Only those before it.</param>
    /// <param name="maxCount">How many the list may have at the end.</param>
    /// <param name="keys">Takes them.</param>
    public void AddKeys(long after, long below, int maxCount, List<long> keys)
    {
        for (var block = _keys.UpTo(after) ?? _keys.After(after); block is { } first && first < below; block = _keys.After(first))
        {
            _pairs.Clear();
            _ = _blocks.Find(first, this, static (row, blob, found) => found.Load(row, blob));
            foreach (var (key, _) in _pairs)
            {
                if (keys.Count == maxCount || key >= below)
                {
                    return;
                }

                if (key > after)
                {
                    keys.Add(key);
                }
            }
        }
    }

    /// <summary>The last key; null when there is none.</summary>
    public long? LastKey()
    {
        _pairs.Clear();
        return _blocks.FindLast(long.MaxValue, this, static (first, blob, found) => found.Load(first, blob)) ? _pairs[^1].Key : null;
    }

    private void Load(long first, ReadOnlySpan<byte> blob)
    {
        KeyList.ReadPairs(Checksum.Verify(table, first, blob), _pairs);
        if (_pairs.Count == 0 || _pairs[0].Key != first)
        {
            throw new InvalidDataException("it does not begin with its key");
        }
    }
}
