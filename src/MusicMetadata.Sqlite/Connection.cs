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
    private GCHandle _report;
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
    /// Opens a finished database that nobody writes to. The only place that decides how a catalog file is opened.
    /// </summary>
    /// <remarks>
    /// <c>immutable=1</c> makes SQLite take no lock and look for no journal, so it writes nothing beside the file and works from
    /// read-only media. The price: a file changed in place while it is open gives wrong answers; replace it by renaming instead.
    /// </remarks>
    /// <param name="path">The database file.</param>
    /// <param name="cacheBytes">The most memory SQLite keeps of this file's pages, in bytes; filled as pages are read outside the memory map.</param>
    /// <param name="mmapBytes">How much of the file's beginning is read through a memory map, in bytes; 0 for none.</param>
    /// <exception cref="SqliteException">The file cannot be opened or is not a database.</exception>
    public static Connection OpenImmutable(string path, long cacheBytes, long mmapBytes)
    {
        var connection = Open($"file:{EscapeForUri(System.IO.Path.GetFullPath(path))}?immutable=1", OpenReadOnly | OpenUri | OpenNoMutex, path);
        try
        {
            var map = mmapBytes > 0 ? new MemoryMap(path) : null;
            connection.Execute($"PRAGMA mmap_size={mmapBytes}");
            connection.Execute($"PRAGMA cache_size=-{Math.Max(1, cacheBytes / 1024)}");
            connection.Execute("PRAGMA query_only=1");
            connection.Execute("PRAGMA temp_store=MEMORY");
            connection.Execute("PRAGMA trusted_schema=0");

            // One read transaction for the connection's whole life: nobody writes, so there is nothing to let through, and a statement that
            // finds one open neither begins nor ends its own. A track lookup runs about twelve statements.
            connection.Execute("BEGIN; SELECT count(*) FROM sqlite_schema");

            // SQLite makes its memory map when it first reads a page beyond the file's first one, such as the root of any table.
            if (map is not null && connection.QueryText("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 1 LIMIT 1") is { } table)
            {
                connection.Execute($"SELECT 1 FROM \"{table.Replace("\"", "\"\"")}\" LIMIT 1");
                map.ExpectRandomReads();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What SQLite made of the settings of <see cref="OpenImmutable"/>, read back from it: <c>page_size=4096, mmap_size=…</c>.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public string EffectivePragmas() => string.Join(", ", Pragmas.Select(name => $"{name}={QueryText($"PRAGMA {name}")}"));

    /// <summary>Opens a file that this process alone writes, and creates it when there is none.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or created.</exception>
    public static Connection OpenForWriting(string path) => Open(path, OpenReadWrite | OpenCreate | OpenNoMutex, path);

    private static Connection Open(string name, int flags, string path)
    {
        var code = sqlite3_open_v2(name, out var handle, flags, 0);
        if (code != Ok)
        {
            var message = handle == 0 ? Marshal.PtrToStringUTF8(sqlite3_errstr(code))! : Marshal.PtrToStringUTF8(sqlite3_errmsg(handle))!;
            _ = sqlite3_close_v2(handle);
            throw new SqliteException(code, $"{path}: {message}");
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

    /// <summary>Runs one or more statements, separated by semicolons, and ignores the rows they answer.</summary>
    /// <exception cref="SqliteException">A statement failed; the ones before it have taken effect.</exception>
    public void Execute(string sql)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = utf8)
        {
            var next = start;
            var end = start + utf8.Length;
            while (next < end)
            {
                Check(sqlite3_prepare_v3(Handle, next, (int)(end - next), 0, out var statement, out next));
                if (statement == 0)
                {
                    continue;
                }

                int code;
                do
                {
                    code = sqlite3_step(statement);
                }
                while (code == Row);
                _ = sqlite3_finalize(statement);
                if (code != Done)
                {
                    Check(code);
                }
            }
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

    /// <summary>The first column of every row of a query, as text; NULL is empty.</summary>
    /// <exception cref="SqliteException">The query failed.</exception>
    public List<string> QueryTexts(string sql)
    {
        using var statement = Prepare(sql);
        using var rows = statement.Query();
        var texts = new List<string>();
        while (rows.Step())
        {
            texts.Add(Encoding.UTF8.GetString(rows.Text(0)));
        }

        return texts;
    }

    /// <summary>
    /// From now on a running statement of this connection stops soon after the deadline is over, because the time is up
    /// (<see cref="CatalogException"/>) or nobody waits any more (<see cref="OperationCanceledException"/>), even in the middle of one step.
    /// </summary>
    /// <remarks>
    /// A progress handler rather than <c>sqlite3_interrupt</c>: an interrupt that arrives between two steps is lost, a handler is
    /// asked again every 1,000 virtual-machine instructions (some 20 µs).
    /// </remarks>
    /// <returns>Lifts the deadline when disposed.</returns>
    public Stopping StopAt(Deadline deadline) => new(this, deadline);

    /// <summary>
    /// From now on a long statement calls now and then, to show how far it has come. Takes the place of <see cref="StopAt"/>: SQLite has one
    /// progress handler for each connection.
    /// </summary>
    public void WhileRunning(Action report)
    {
        _report = GCHandle.Alloc(report);
        sqlite3_progress_handler(Handle, 10_000, &Report, (void*)GCHandle.ToIntPtr(_report));
    }

    /// <summary>Pages that were read because the page cache did not hold them, since the connection was opened.</summary>
    public int CacheMisses
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

        // SQLite calls a page that the system cannot read malformed too.
        var hint = (code & 0xFF) == Corrupt ? ", or its storage cannot be read (the system's log tells)" : "";
        throw new SqliteException(code, $"{Path}: {Marshal.PtrToStringUTF8(sqlite3_errmsg(Handle))}{hint}");
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
        if (_report.IsAllocated)
        {
            _report.Free();
        }
    }

    /// <summary>What SQLite documents for a path inside a <c>file:</c> URI: only these three characters mean something there.</summary>
    private static string EscapeForUri(string path)
    {
        var escaped = path.Replace("%", "%25").Replace("?", "%3f").Replace("#", "%23");
        return OperatingSystem.IsWindows() ? "/" + escaped.Replace('\\', '/') : escaped;
    }

    [UnmanagedCallersOnly]
    private static int AskWhetherToStop(void* context)
    {
        var stop = (StopSignal*)context;
        return Volatile.Read(ref stop->Stop) != 0 || Environment.TickCount64 > stop->Deadline ? 1 : 0;
    }

    [UnmanagedCallersOnly]
    private static int Report(void* context)
    {
        ((Action)GCHandle.FromIntPtr((nint)context).Target!)();
        return 0;
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
            _registration = deadline.Cancellation.UnsafeRegister(static state => Volatile.Write(ref ((Connection)state!)._stop->Stop, 1), connection);
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
