using System.Buffers.Binary;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>Says whether a file is a whole search index, and of which catalog.</summary>
internal static class IndexFile
{
    /// <summary>Writes into an index what it belongs to: the last thing before it is whole.</summary>
    public static void Sign(Microsoft.Data.Sqlite.SqliteConnection index, CatalogIdentity source, string content, bool hasTerms)
    {
        index.Execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        Insert(IndexSchema.VersionKey, IndexSchema.Version);
        Insert(IndexSchema.SourceKey, source.Value);
        Insert(IndexSchema.ContentKey, content);
        Insert(IndexSchema.TermsKey, hasTerms ? "on" : "off");

        void Insert(string name, string value) => index.Execute("INSERT INTO about (name, value) VALUES (?1, ?2)", name, value);
    }

    /// <summary>Why a file cannot serve as the index of a catalog, as the second half of a sentence; null when it can.</summary>
    /// <param name="path">The file, which exists.</param>
    /// <param name="source">The identity of the catalog.</param>
    public static string? FindProblem(string path, CatalogIdentity source)
    {
        try
        {
            if (FindDamage(path) is { } damage)
            {
                return damage;
            }

            using var index = SqliteFile.OpenForServing(path, cacheBytes: 64 * 1024, mmapBytes: 0);
            var version = Read(index, IndexSchema.VersionKey);
            if (version != IndexSchema.Version)
            {
                return $"it was built by another version of this program (format {version}, not {IndexSchema.Version})";
            }

            return BelongsTo(index, source) ? null : "it belongs to another database, or the database has changed since";
        }
        catch (SqliteException e)
        {
            return $"it is no search index, or damaged ({e.Detail})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read ({e.Message})";
        }
    }

    /// <summary>Whether an open index is that of a catalog.</summary>
    /// <exception cref="SqliteException">It is no index, or damaged.</exception>
    public static bool BelongsTo(Connection index, CatalogIdentity source) => Read(index, IndexSchema.SourceKey) == source.Value;

    /// <summary>Whether an index has words, years and genres.</summary>
    /// <exception cref="SqliteException">It is no index, or damaged.</exception>
    public static bool HasTerms(Connection index) => Read(index, IndexSchema.TermsKey) == "on";

    /// <summary>The hash of the names that an index was built from.</summary>
    /// <exception cref="SqliteException">It is no index, or damaged.</exception>
    public static string? Content(Connection index) => Read(index, IndexSchema.ContentKey);

    /// <summary>
    /// What is wrong with the length of a SQLite file, which its header says (https://sqlite.org/fileformat2.html#the_database_header);
    /// null too for what has none.
    /// </summary>
    private static string? FindDamage(string path)
    {
        Span<byte> header = stackalloc byte[100];
        using var file = File.OpenHandle(path);
        if (RandomAccess.Read(file, header, 0) < header.Length || !header.StartsWith("SQLite format 3\0"u8))
        {
            return null;
        }

        var page = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        var expected = (page == 1 ? 65536L : page) * BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        var length = RandomAccess.GetLength(file);
        return length == expected ? null : $"it is damaged: it has {length} bytes and should have {expected}";
    }

    private static string? Read(Connection index, string name) => index.QueryText($"SELECT value FROM about WHERE name = '{name}'");
}
