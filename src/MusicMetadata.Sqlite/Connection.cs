using System.Runtime.InteropServices;
using System.Text;
using MusicMetadata.Catalog;
using static MusicMetadata.Sqlite.NativeMethods;

namespace MusicMetadata.Sqlite;

/// <summary>One open SQLite database. Used by one thread at a time; closing it closes the statements prepared on it.</summary>
public sealed unsafe class Connection : IDisposable
{
    private static readonly string[] Pragmas = ["page_size", "mmap_size", "cache_size", "query_only", "temp_store", "trusted_schema"];

    private readonly List<Statement> _statements = [];
    private readonly StopSignal* _stop;
    private nint _handle;

    private Connection(nint handle, string path)
    {
        _handle = handle;
        Path = path;
        _stop = (StopSignal*)NativeMemory.AllocZeroed((nuint)sizeof(StopSignal));
        _stop->Deadline = long.MaxValue;
        sqlite3_progress_handler(handle, 1000, &AskWhetherToStop, _stop);
    }

    /// <summary>The file, as it was named when it was opened.</summary>
    public string Path { get; }

    /// <summary>The statements prepared on it and still open.</summary>
    public IReadOnlyList<Statement> Statements => _statements;

    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Connection));

    /// <summary>SQLite's version, such as <c>3.53.4</c>.</summary>
    public static string SqliteVersion => Marshal.PtrToStringUTF8(sqlite3_libversion())!;

    /// <summary>The options SQLite was compiled with, without their <c>SQLITE_</c> prefix.</summary>
    public static IReadOnlyList<string> CompileOptions()
    {
        var options = new List<string>();
        while (Marshal.PtrToStringUTF8(sqlite3_compileoption_get(options.Count)) is { } option)
        {
            options.Add(option);
        }

        return options;
    }

    /// <summary>
    /// What SQLite made of the settings of <see cref="SqliteFile.OpenForServing"/>, read back from it: <c>page_size=4096, mmap_size=…</c>.
    /// </summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public string EffectivePragmas() => string.Join(", ", Pragmas.Select(name => $"{name}={QueryText($"PRAGMA {name}")}"));

    /// <summary>Opens a file for reading; <see cref="SqliteFile"/> decides how.</summary>
    internal static Connection Open(string uri, string path)
    {
        var code = sqlite3_open_v2(uri, out var handle, OpenReadOnly | OpenUri | OpenNoMutex, 0);
        if (code != Ok)
        {
            var message = handle == 0 ? Marshal.PtrToStringUTF8(sqlite3_errstr(code))! : Marshal.PtrToStringUTF8(sqlite3_errmsg(handle))!;
            _ = sqlite3_close_v2(handle);
            throw new SqliteException(code, path, message);
        }

        _ = sqlite3_extended_result_codes(handle, 1);
        return new Connection(handle, path);
    }

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    /// <exception cref="SqliteException">The statement does not compile, for example because a table or column is missing.</exception>
    public Statement Prepare(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = utf8)
        {
            Check(sqlite3_prepare_v3(Handle, start, utf8.Length, PreparePersistent, out var handle, out _));
            var statement = new Statement(this, handle, sql);
            _statements.Add(statement);
            return statement;
        }
    }

    /// <summary>Runs a statement and ignores the rows it answers.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        using var rows = statement.Query();
        while (rows.Step())
        {
        }
    }

    /// <summary>The first column of the first row of a query, as text; null when there is no row or the value is NULL.</summary>
    /// <exception cref="SqliteException">The query failed.</exception>
    public string? QueryText(string sql)
    {
        using var statement = Prepare(sql);
        using var rows = statement.Query();
        return rows.Step() && !rows.IsNull(0) ? Encoding.UTF8.GetString(rows.Text(0)) : null;
    }

    /// <summary>
    /// From now on a running statement of this connection stops soon after the deadline is over, because the time is up
    /// (<see cref="CatalogException"/>) or nobody waits any more (<see cref="OperationCanceledException"/>), even in the middle of one
    /// step.
    /// </summary>
    /// <remarks>
    /// A progress handler rather than <c>sqlite3_interrupt</c>: an interrupt that arrives between two steps is lost, a handler is asked
    /// again every 1,000 virtual-machine instructions (some 20 µs).
    /// </remarks>
    /// <returns>Lifts the deadline when disposed.</returns>
    public Stopping StopAt(Deadline deadline) => new(this, deadline);

    /// <summary>Pages that were read because the page cache did not hold them, since the connection was opened.</summary>
    internal int CacheMisses
    {
        get
        {
            Check(sqlite3_db_status(Handle, NativeMethods.CacheMisses, out var current, out _, 0));
            return current;
        }
    }

    internal void Check(int code)
    {
        if (code != Ok)
        {
            Throw(code);
        }
    }

    internal void Throw(int code)
    {
        if ((code & 0xFF) == Interrupt)
        {
            throw _stop->Stop != 0
                ? new OperationCanceledException()
                : CatalogException.TookTooLong();
        }

        throw new SqliteException(code, Path, Marshal.PtrToStringUTF8(sqlite3_errmsg(Handle))!);
    }

    internal void Forget(Statement statement) => _statements.Remove(statement);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle == 0)
        {
            return;
        }

        foreach (var statement in _statements.ToArray())
        {
            statement.Dispose();
        }

        _ = sqlite3_close_v2(_handle);
        _handle = 0;
        NativeMemory.Free(_stop);
    }

    [UnmanagedCallersOnly]
    private static int AskWhetherToStop(void* context)
    {
        var stop = (StopSignal*)context;
        return Volatile.Read(ref stop->Stop) != 0 || Environment.TickCount64 > stop->Deadline ? 1 : 0;
    }

    private struct StopSignal
    {
        /// <summary>Not 0: the client has gone.</summary>
        public int Stop;

        /// <summary>Milliseconds of <see cref="Environment.TickCount64"/>.</summary>
        public long Deadline;
    }

    /// <summary>The time during which a connection's statements can be stopped; see <see cref="StopAt"/>.</summary>
    public readonly struct Stopping : IDisposable
    {
        private readonly Connection? _connection;
        private readonly CancellationTokenRegistration _registration;

        internal Stopping(Connection connection, Deadline deadline)
        {
            _connection = connection;
            connection._stop->Stop = 0;
            connection._stop->Deadline = deadline.ExpiresAt;
            _registration = deadline.Cancellation.UnsafeRegister(
                static state => Volatile.Write(ref ((Connection)state!)._stop->Stop, 1), connection);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            // Waits for a callback that is running, so that none can stop the next user of this connection.
            _registration.Dispose();
            if (_connection is not null)
            {
                _connection._stop->Deadline = long.MaxValue;
            }
        }
    }
}
