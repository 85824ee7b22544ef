using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace MusicMetadata.Sqlite;

/// <summary>
/// The part of SQLite's C interface that answering requests calls; https://sqlite.org/c3ref/intro.html documents each function.
/// </summary>
/// <remarks>
/// Declared here rather than taken from SQLitePCLRaw, as everything else is, because a track lookup makes some 300 calls: safe handles cost
/// an interlocked pair on each of them (docs/performance.md). The functions that only hand out what a finished step has left in memory are
/// <see cref="SuppressGCTransitionAttribute"/>: they never block, and the transition would cost more than they do. <c>e_sqlite3</c> is the
/// shared library of the SQLite package under <c>dotnet run</c> and <c>dotnet test</c>, and is linked into the published executable.
/// </remarks>
internal static unsafe partial class NativeMethods
{
    private const string Library = "e_sqlite3";

    public const int Ok = 0;
    public const int Interrupt = 9;
    public const int Corrupt = 11;
    public const int NotADatabase = 26;
    public const int Row = 100;
    public const int Done = 101;

    /// <summary>Pages that were read because no cache held them, of <c>sqlite3_db_status</c>.</summary>
    public const int CacheMisses = 8;

    public const int OpenReadOnly = 0x1;
    public const int OpenUri = 0x40;

    /// <summary>The connection is used by one thread at a time, so SQLite need not lock it.</summary>
    public const int OpenNoMutex = 0x8000;

    /// <summary>The statement lives long, so SQLite must not take it from its small pool of lookaside memory.</summary>
    public const uint PreparePersistent = 0x1;

    /// <summary>SQLite copies a bound text at once, so the caller's buffer may go.</summary>
    public static readonly nint Transient = -1;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sqlite3_open_v2(string filename, out nint connection, int flags, nint vfs);

    [LibraryImport(Library)]
    public static partial int sqlite3_close_v2(nint connection);

    [LibraryImport(Library)]
    public static partial int sqlite3_extended_result_codes(nint connection, int on);

    [LibraryImport(Library)]
    public static partial nint sqlite3_errmsg(nint connection);

    [LibraryImport(Library)]
    public static partial nint sqlite3_errstr(int code);

    [LibraryImport(Library)]
    public static partial int sqlite3_prepare_v3(nint connection, byte* sql, int bytes, uint flags, out nint statement, out byte* tail);

    [LibraryImport(Library)]
    public static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    public static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int sqlite3_bind_int64(nint statement, int index, long value);

    [LibraryImport(Library)]
    public static partial int sqlite3_bind_text(nint statement, int index, byte* text, int bytes, nint destructor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library)]
    public static partial int sqlite3_db_status(nint connection, int counter, out int current, out int highest, int reset);

    [LibraryImport(Library)]
    public static partial void sqlite3_progress_handler(
        nint connection, int steps, delegate* unmanaged<void*, int> callback, void* context);

    [LibraryImport(Library)]
    public static partial nint sqlite3_libversion();

    [LibraryImport(Library)]
    public static partial nint sqlite3_compileoption_get(int index);
}
