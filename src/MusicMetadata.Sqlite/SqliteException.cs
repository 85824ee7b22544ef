using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>SQLite answered a call with an error code.</summary>
/// <param name="code">SQLite's extended result code, as https://sqlite.org/rescode.html lists them.</param>
/// <param name="detail">The file and SQLite's own message.</param>
public sealed class SqliteException(int code, string detail)
    : CatalogException(CatalogFault.Unreadable, "The catalog could not be read.", detail)
{
    /// <summary>The primary result code: the low eight bits of the extended one.</summary>
    public int Code { get; } = code & 0xFF;

    /// <summary>The file is no SQLite database.</summary>
    public bool IsNotADatabase => Code == NativeMethods.NotADatabase;
}
