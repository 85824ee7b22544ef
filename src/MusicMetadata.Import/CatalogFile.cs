using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using SQLitePCL;

namespace MusicMetadata.Import;

/// <summary>One of the two files while it is being written.</summary>
internal sealed class CatalogFile : IDisposable
{
    private readonly IReadOnlyList<CatalogSchema.Table> _tables;
    private readonly CancellationToken _cancellation;
    private readonly SqliteConnection _connection;
    private readonly List<RowInsert> _inserts = [];

    /// <summary>Begins a new file.</summary>
    /// <param name="path">Where; there must be no file yet.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="applicationId">The <c>application_id</c> in its header, by which a command knows what it made and may replace.</param>
    /// <param name="cancellation">Stops any statement, in its middle too.</param>
    /// <exception cref="Sqlite.SqliteException">It cannot be created.</exception>
    public CatalogFile(string path, IReadOnlyList<CatalogSchema.Table> tables, int applicationId, CancellationToken cancellation)
    {
        _tables = tables;
        _cancellation = cancellation;
        _connection = SqliteFile.OpenForWriting(path);

        // Creating an index is one statement that takes minutes.
        raw.sqlite3_progress_handler(_connection.Handle, 10_000, _ => cancellation.IsCancellationRequested ? 1 : 0, null);

        // Nothing is kept of a catalog that was not finished, so nothing needs to survive a crash: no journal and no waiting for the disk.
        Execute($"""
            PRAGMA journal_mode=OFF;
            PRAGMA synchronous=OFF;
            PRAGMA locking_mode=EXCLUSIVE;
            PRAGMA cache_size=-131072;
            PRAGMA threads=1;
            PRAGMA application_id={applicationId};
            """);
        foreach (var table in tables)
        {
            Execute(table.CreateSql);
        }

        Execute("BEGIN");
    }

    /// <summary>Prepares the statement that adds a row to a table: one parameter a column, in the order of the columns.</summary>
    /// <param name="table">The table's name.</param>
    public RowInsert Insert(string table)
    {
        var insert = new RowInsert(_connection, _tables.First(one => one.Name == table).InsertSql);
        _inserts.Add(insert);
        return insert;
    }

    /// <summary>Creates the indexes, which is several times as fast after the rows as with them, and ends the file.</summary>
    public void Finish(string stageName, IWorkProgress progress)
    {
        var indexes = _tables.SelectMany(table => table.Indexes.Select(table.CreateIndexSql)).ToArray();
        Execute("COMMIT");
        using var stage = progress.Begin(stageName, indexes.Length);
        for (var i = 0; i < indexes.Length; i++)
        {
            Execute(indexes[i]);
            stage.Advance(i + 1);
        }
    }

    /// <summary>Whether a file has this <c>application_id</c> in its header.</summary>
    public static bool HasApplicationId(string path, int applicationId)
    {
        const int OffsetInHeader = 68;
        Span<byte> id = stackalloc byte[4];
        using var file = File.OpenHandle(path);
        return RandomAccess.Read(file, id, OffsetInHeader) == id.Length && BinaryPrimitives.ReadInt32BigEndian(id) == applicationId;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inserts.ForEach(insert => insert.Dispose());
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        try
        {
            _connection.Execute(sql);
        }
        catch (Sqlite.SqliteException e) when (e.IsInterrupted)
        {
            throw new OperationCanceledException(_cancellation);
        }
    }
}
