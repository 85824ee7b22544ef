using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo;

/// <summary>One of the two files while it is being written.</summary>
internal sealed class CatalogFile : IDisposable
{
    /// <summary>The <c>application_id</c> in the header of every file that the demo made ("Demo"), by which it knows what it may replace.</summary>
    public const int ApplicationId = 0x44656D6F;

    private readonly Connection _connection;
    private readonly Connection.Stopping _stopping;

    /// <summary>Begins a new file.</summary>
    /// <param name="path">Where; there must be no file yet.</param>
    /// <param name="tables">The statements that create its tables.</param>
    /// <param name="cancellation">Stops any statement, in its middle too.</param>
    public CatalogFile(string path, string[] tables, CancellationToken cancellation)
    {
        _connection = Connection.OpenForWriting(path);
        _stopping = _connection.StopAt(Deadline.Never(cancellation));

        // Nothing is kept of a catalog that was not finished, so nothing needs to survive a crash: no journal and no waiting for the disk.
        _connection.Execute($"""
            PRAGMA journal_mode=OFF;
            PRAGMA synchronous=OFF;
            PRAGMA locking_mode=EXCLUSIVE;
            PRAGMA cache_size=-131072;
            PRAGMA threads=1;
            PRAGMA application_id={ApplicationId};
            """);
        foreach (var table in tables)
        {
            _connection.Execute(table);
        }

        _connection.Execute("BEGIN");
    }

    /// <summary>Prepares the statement that adds a row to a table: one parameter a column, in the order of the columns.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="columns">How many columns it has.</param>
    public Statement Insert(string table, int columns) =>
        _connection.Prepare($"INSERT INTO {table} VALUES (?{string.Concat(Enumerable.Repeat(", ?", columns - 1))})");

    /// <summary>Creates the indexes, which is several times as fast after the rows as with them, and ends the file.</summary>
    public void Finish(string[] indexes, string stageName, IWorkProgress progress)
    {
        _connection.Execute("COMMIT");
        using var stage = progress.Begin(stageName, indexes.Length);
        for (var i = 0; i < indexes.Length; i++)
        {
            _connection.Execute(indexes[i]);
            stage.Advance(i + 1);
        }
    }

    /// <summary>Whether the demo made a file.</summary>
    public static bool IsOurs(string path)
    {
        const int OffsetInHeader = 68;
        Span<byte> id = stackalloc byte[4];
        using var file = File.OpenHandle(path);
        return RandomAccess.Read(file, id, OffsetInHeader) == id.Length && System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(id) == ApplicationId;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _connection.Dispose();
    }
}
