using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MusicMetadata.Sqlite;

/// <summary>A prepared statement that adds many rows to a table.</summary>
/// <remarks>
/// Not a <see cref="SqliteCommand"/>: its parameters take strings and arrays where the rows of a catalog are bytes in memory that is used
/// again for each, and it resets and binds every parameter for each row; docs/performance.md has the figures.
/// </remarks>
public sealed class RowInsert : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly string _path;

    /// <summary>Prepares it.</summary>
    /// <param name="connection">Where to; it must be open longer than this.</param>
    /// <param name="sql">The statement, with parameters.</param>
    /// <exception cref="SqliteException">The statement does not compile.</exception>
    public RowInsert(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        _path = connection.DataSource;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets a parameter, counted from 1, for this row and those that follow.</summary>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int index, double value) => Check(raw.sqlite3_bind_double(_statement, index, value));

    /// <summary>Sets a parameter to a text in UTF-8, which is copied.</summary>
    public void Bind(int index, ReadOnlySpan<byte> utf8) =>
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, index, "") : raw.sqlite3_bind_text(_statement, index, utf8));

    /// <summary>Sets a parameter to a blob, which is copied.</summary>
    public void BindBlob(int index, ReadOnlySpan<byte> blob) => Check(raw.sqlite3_bind_blob(_statement, index, blob));

    /// <summary>Sets a parameter to NULL.</summary>
    public void BindNull(int index) => Check(raw.sqlite3_bind_null(_statement, index));

    /// <summary>Adds a row with the parameters as they are set.</summary>
    /// <exception cref="SqliteException">It could not be added.</exception>
    public void Execute()
    {
        var code = raw.sqlite3_step(_statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        _ = raw.sqlite3_reset(_statement);
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_extended_errcode(_connection), _path, raw.sqlite3_errmsg(_connection).utf8_to_string());
        }
    }
}
