using MusicMetadata.Catalog;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>Does something with a verified blob, which is valid during the call only.</summary>
internal delegate void BlobVisitor<TState>(long key, ReadOnlySpan<byte> blob, TState state);

/// <summary>The rows of one table of blobs.</summary>
internal sealed class BlobTable
{
    private readonly Connection _connection;
    private readonly Statement _find;
    private readonly Statement _findLast;

    /// <summary>Prepares its statements.</summary>
    /// <exception cref="SqliteException">The file has no such table.</exception>
    public BlobTable(Connection connection, Table table)
    {
        _connection = connection;
        Table = table;
        _find = connection.Prepare(table.FindSql);
        _findLast = connection.Prepare(table.FindLastSql);
    }

    /// <summary>Which one it is.</summary>
    public Table Table { get; }

    /// <summary>Shows the blob of a row; false when there is none.</summary>
    /// <exception cref="CatalogException">It cannot be read, or what is shown it finds it damaged.</exception>
    public bool Find<TState>(long key, TState state, BlobVisitor<TState> visit)
    {
        using var rows = _find.Query(key);
        if (!rows.Step())
        {
            return false;
        }

        Show(key, rows.Text(0), state, visit);
        return true;
    }

    /// <summary>Shows the blob of the last row that does not lie beyond a key; false when there is none.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public bool FindLast<TState>(long key, TState state, BlobVisitor<TState> visit)
    {
        using var rows = _findLast.Query(key);
        if (!rows.Step())
        {
            return false;
        }

        Show(rows.Number(0), rows.Text(1), state, visit);
        return true;
    }

    /// <summary>What is thrown where a row turns out to be damaged.</summary>
    public CatalogException Damaged(long key, InvalidDataException problem) => Checksum.Damaged(_connection.Path, Table, key, problem);

    private void Show<TState>(long key, ReadOnlySpan<byte> blob, TState state, BlobVisitor<TState> visit)
    {
        try
        {
            visit(key, blob, state);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(key, e);
        }
    }
}
