using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>SQLite answered a call with an error code.</summary>
/// <param name="code">SQLite's extended result code, as https://sqlite.org/rescode.html lists them.</param>
/// <param name="path">The file.</param>
/// <param name="message">SQLite's own message.</param>
public sealed class SqliteException(int code, string path, string message)
    : CatalogException(CatalogFault.Unreadable, "The catalog could not be read.", $"{path}: {message}{Hint(code)}")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The primary result code: the low eight bits of the extended one.</summary>
    public int Code { get; } = code & 0xFF;

    /// <summary>The file is no SQLite database.</summary>
    public bool IsNotADatabase => Code == NativeMethods.NotADatabase;

    /// <summary>The statement was told to stop.</summary>
    public bool IsInterrupted => Code == NativeMethods.Interrupt;

    /// <summary>What Microsoft.Data.Sqlite throws, as the exception that the rest of the program knows.</summary>
    internal static SqliteException From(Microsoft.Data.Sqlite.SqliteException e, string path)
    {
        // SQLite Error 26: 'file is not a database'.
        var (start, end) = (e.Message.IndexOf('\'') + 1, e.Message.LastIndexOf('\''));
        return new SqliteException(e.SqliteExtendedErrorCode, path, end > start ? e.Message[start..end] : e.Message);
    }

    /// <summary>SQLite calls a page that the system cannot read malformed too.</summary>
    private static string Hint(int code) =>
        (code & 0xFF) == NativeMethods.Corrupt ? ", or its storage cannot be read (the system's log tells)" : "";
}
