using static MusicMetadata.Sqlite.NativeMethods;

namespace MusicMetadata.Sqlite;

/// <summary>A prepared statement. It answers one query at a time: dispose of its <see cref="Rows"/> before asking again.</summary>
public sealed unsafe class Statement : IDisposable
{
    private readonly Connection _connection;
    private nint _handle;

    internal Statement(Connection connection, nint handle, string sql)
    {
        _connection = connection;
        _handle = handle;
        Sql = sql;
    }

    /// <summary>The statement's text.</summary>
    public string Sql { get; }

    /// <summary>Begins a query without parameters.</summary>
    public Rows Query() => new(this);

    /// <summary>Begins a query whose first parameter is a number.</summary>
    /// <remarks>
    /// By reference, although it is copied: so the compiler ties the rows, and each text of theirs, to the method that asks, and nobody can
    /// keep a text that SQLite has overwritten.
    /// </remarks>
    public Rows Query(in long first)
    {
        Bind(1, first);
        return new Rows(this);
    }

    /// <summary>Begins a query whose first parameter is a text in UTF-8.</summary>
    public Rows Query(ReadOnlySpan<byte> first)
    {
        Bind(1, first);
        return new Rows(this);
    }

    /// <summary>Sets a parameter, counted from 1, for the queries and executions that follow.</summary>
    public void Bind(int index, long value) => _connection.Check(sqlite3_bind_int64(_handle, index, value));

    /// <summary>Sets a parameter to a text in UTF-8, which is copied.</summary>
    public void Bind(int index, ReadOnlySpan<byte> utf8)
    {
        // An empty span has a null pointer, which SQLite would take for NULL.
        byte empty = 0;
        fixed (byte* text = utf8)
        {
            _connection.Check(sqlite3_bind_text(_handle, index, text == null ? &empty : text, utf8.Length, Transient));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle == 0)
        {
            return;
        }

        _ = sqlite3_finalize(_handle);
        _handle = 0;
        _connection.Forget(this);
    }

    /// <summary>
    /// The rows of one query. Texts are valid until the next <see cref="Step"/>; disposing makes the statement free again.
    /// </summary>
    public readonly ref struct Rows : IDisposable
    {
        private readonly Statement _statement;
        private readonly nint _handle;

        internal Rows(Statement statement)
        {
            _statement = statement;
            _handle = statement._handle != 0 ? statement._handle : throw new ObjectDisposedException(nameof(Statement));
        }

        /// <summary>Goes to the next row; false when there is none.</summary>
        /// <exception cref="SqliteException">The file could not be read.</exception>
        /// <exception cref="OperationCanceledException">The query was stopped; see <see cref="Connection.StopAt"/>.</exception>
        public bool Step()
        {
            var code = sqlite3_step(_handle);
            if (code == Row)
            {
                return true;
            }

            if (code != Done)
            {
                _statement._connection.Throw(code);
            }

            return false;
        }

        /// <summary>Whether a column is NULL. Columns count from 0.</summary>
        public bool IsNull(int column) => sqlite3_column_type(_handle, column) == 5;

        /// <summary>A column as a number; NULL is 0.</summary>
        public long Number(int column) => sqlite3_column_int64(_handle, column);

        /// <summary>A column's text in UTF-8, or a blob's bytes; NULL is empty.</summary>
        public ReadOnlySpan<byte> Text(int column)
        {
            // As a blob: asking for text would make SQLite copy it to end it with a zero, which a length makes needless.
            var start = sqlite3_column_blob(_handle, column);
            return start == null ? default : new ReadOnlySpan<byte>(start, sqlite3_column_bytes(_handle, column));
        }

        /// <inheritdoc/>
        public void Dispose() => _ = sqlite3_reset(_handle);
    }
}
