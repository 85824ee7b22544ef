using System.Globalization;
using Microsoft.Data.Sqlite;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Building;

/// <summary>
/// The file while it is built. Each phase is one transaction: killed in its middle, SQLite takes the file back to the end of the phase
/// before.
/// </summary>
internal sealed class BuildFile : IDisposable
{
    private const string PhasesName = "phases";
    private const string ContentName = "content";
    private const string IdentityName = "identity";

    private readonly SqliteConnection _connection;
    private readonly Dictionary<Table, RowInsert> _inserts = [];
    private UInt128 _content;

    /// <summary>Opens it, and creates it when there is none.</summary>
    /// <exception cref="Sqlite.SqliteException">It cannot be opened.</exception>
    public BuildFile(string path)
    {
        _connection = SqliteFile.OpenForWriting(path);
        try
        {
            // Rows are only ever added at the end of a table, so the journal holds next to nothing. Not in exclusive mode, in which SQLite
            // counts changes by openings and not by transactions: a build that went on would make a file with another number in its header.
            _connection.Execute($"""
                PRAGMA page_size={CompactFormat.PageSize};
                PRAGMA journal_mode=DELETE;
                PRAGMA synchronous=FULL;
                PRAGMA cache_size=-65536;
                """);
            if (_connection.QueryNumber("SELECT count(*) FROM sqlite_schema") == 0)
            {
                _connection.Execute($"BEGIN; PRAGMA application_id={CompactFormat.ApplicationId}; {CompactFormat.CreateMeta};");
                foreach (var table in CompactFormat.Tables)
                {
                    _connection.Execute(table.CreateSql);
                }

                SetMeta(PhasesName, "0");
                SetMeta(ContentName, UInt128.Zero.ToString("x32", CultureInfo.InvariantCulture));
                _connection.Execute("COMMIT");
            }

            foreach (var table in CompactFormat.Tables)
            {
                _inserts.Add(table, new RowInsert(_connection, table.InsertSql));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether it is whole, and only lacks its name.</summary>
    public bool IsFinished => Meta(IdentityName) is not null;

    /// <summary>How many phases are finished.</summary>
    public int Phases => int.Parse(Meta(PhasesName)!, CultureInfo.InvariantCulture);

    /// <summary>Does a phase and notes that it is done.</summary>
    public async Task RunAsync(Func<Task> phase)
    {
        _content = UInt128.Parse(Meta(ContentName)!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _connection.Execute("BEGIN");
        await phase();
        SetMeta(PhasesName, (Phases + 1).ToString(CultureInfo.InvariantCulture));
        SetMeta(ContentName, _content.ToString("x32", CultureInfo.InvariantCulture));
        _connection.Execute("COMMIT");
    }

    /// <summary>Adds a row whose blob has its checksum.</summary>
    public void Insert(Table table, long key, ReadOnlySpan<byte> blob)
    {
        var insert = _inserts[table];
        insert.Bind(1, key);
        insert.BindBlob(2, blob);
        insert.Execute();
        _content += CompactFormat.HashOf(table, key, blob);
    }

    /// <summary>Adds a row; the first bytes of the blob are left free for its checksum.</summary>
    public void Seal(Table table, long key, ByteBuffer blob)
    {
        Checksum.Write(table, key, blob.Written);
        Insert(table, key, blob.Bytes);
    }

    /// <summary>Reads the blob of a row that an earlier phase added.</summary>
    public byte[] Read(Table table, long key)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = table.FindSql;
        _ = command.Parameters.AddWithValue("?1", key);
        return Checksum.Verify(table, key, (byte[])command.ExecuteScalar()!).ToArray();
    }

    /// <summary>Says something of the file as a whole.</summary>
    public void SetMeta(string name, string value) => _connection.Execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", name, value);

    /// <summary>What is said of the file as a whole; null when nothing is.</summary>
    public string? Meta(string name) => _connection.QueryText("SELECT value FROM meta WHERE name = ?1", name);

    /// <summary>Ends the file: what only building needs is taken out, and what it is is put in.</summary>
    public void Finish()
    {
        _connection.Execute("BEGIN");
        SetMeta(IdentityName, Meta(ContentName)!);
        _connection.Execute("DELETE FROM meta WHERE name IN (?1, ?2); COMMIT", PhasesName, ContentName);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var insert in _inserts.Values)
        {
            insert.Dispose();
        }

        _connection.Dispose();
    }
}
