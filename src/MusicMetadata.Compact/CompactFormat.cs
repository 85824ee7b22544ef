using System.IO.Hashing;

namespace MusicMetadata.Compact;

/// <summary>A table of blobs of a compact catalog: <c>name(key integer primary key, blob)</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its part of checksums.</param>
internal sealed record Table(string Name, int Number)
{
    /// <summary>The statement that creates it. A rowid table: one without would keep long rows in inner pages.</summary>
    public string CreateSql => $"CREATE TABLE {Name} (key INTEGER PRIMARY KEY, blob BLOB NOT NULL)";

    /// <summary>The statement that adds a row.</summary>
    public string InsertSql => $"INSERT INTO {Name} (key, blob) VALUES (?1, ?2)";

    /// <summary>The statement that finds a row.</summary>
    public string FindSql => $"SELECT blob FROM {Name} WHERE key = ?1";

    /// <summary>The statement that finds the last row that does not lie beyond a key.</summary>
    public string FindLastSql => $"SELECT key, blob FROM {Name} WHERE key <= ?1 ORDER BY key DESC LIMIT 1";

    /// <summary>The statement that reads all rows from a key on.</summary>
    public string ReadSql => $"SELECT key, blob FROM {Name} WHERE key >= ?1 ORDER BY key";
}

/// <summary>What a compact catalog is made of; docs/compact-format.md describes it for those who read it with other programs.</summary>
internal static class CompactFormat
{
    /// <summary>What the file is called unless another name is given.</summary>
    public const string FileName = "catalog.sqlite3";

    /// <summary>The <c>application_id</c> in the file's header ("MMCC"), by which it is told from a main database.</summary>
    public const int ApplicationId = 0x4D4D4343;

    /// <summary>
    /// Bytes of a page of the file. Records have some 500 bytes: what is left at the end of each page is twice the share of 4096.
    /// </summary>
    public const int PageSize = 8192;

    /// <summary>Changes with everything that an older program could not read.</summary>
    public const int Version = 1;

    /// <summary>The zstd dictionary, of which there is one, in row 0.</summary>
    public static Table Dictionary { get; } = new("dictionary", 1);

    /// <summary>Texts that many records have, so that these need only name their numbers; one list, in row 0.</summary>
    public static Table Codes { get; } = new("code", 2);

    /// <summary>Artists by key.</summary>
    public static Table Artists { get; } = new("artist", 3);

    /// <summary>Albums with their tracks, by the lowest key of these; below zero for albums without tracks.</summary>
    public static Table Albums { get; } = new("album", 4);

    /// <summary>In which row of <see cref="Albums"/> the tracks are that do not lie between it and the next.</summary>
    public static Table OutsideTracks { get; } = new("outside_track", 5);

    /// <summary>In which row of <see cref="Albums"/> an album is, by its key.</summary>
    public static Table AlbumRows { get; } = new("album_row", 6);

    /// <summary>Keys of tracks by the hash of their id.</summary>
    public static Table TrackIds { get; } = new("track_id", 7);

    /// <summary>Keys of artists by the hash of their id.</summary>
    public static Table ArtistIds { get; } = new("artist_id", 8);

    /// <summary>Rows of <see cref="Albums"/> by the hash of the album's id.</summary>
    public static Table AlbumIds { get; } = new("album_id", 9);

    /// <summary>Keys of tracks by the hash of their ISRC.</summary>
    public static Table Isrcs { get; } = new("isrc", 10);

    /// <summary>Keys of tracks in the order of search results.</summary>
    public static Table TrackOrder { get; } = new("track_order", 11);

    /// <summary>Keys of artists in the order of search results.</summary>
    public static Table ArtistOrder { get; } = new("artist_order", 12);

    /// <summary>Keys of albums in the order of search results.</summary>
    public static Table AlbumOrder { get; } = new("album_order", 13);

    /// <summary>All tables of blobs.</summary>
    public static IReadOnlyList<Table> Tables { get; } =
    [
        Dictionary, Codes, Artists, Albums, OutsideTracks, AlbumRows,
        TrackIds, ArtistIds, AlbumIds, Isrcs, TrackOrder, ArtistOrder, AlbumOrder,
    ];

    /// <summary>The statement that creates the table of what is said of the file as a whole.</summary>
    public const string CreateMeta = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";

    /// <summary>The part of a row in the file's identity, which is the sum of all rows' and so does not depend on their order.</summary>
    public static UInt128 HashOf(Table table, long key, ReadOnlySpan<byte> blob) =>
        XxHash128.HashToUInt128(blob, unchecked((key * 31) + table.Number));
}
