namespace MusicMetadata.Sqlite;

/// <summary>
/// What the two files of a catalog are called and what is in them: what we create, what a file is checked for, and what its absence costs.
/// Tables and indexes are those of the real files, statement for statement.
/// </summary>
public static class CatalogSchema
{
    /// <summary>Name of the main database, which users may change.</summary>
    public const string MainFileName = "main_database.sqlite3";

    /// <summary>Name of the second database, looked for beside the main one.</summary>
    public const string TrackFilesFileName = "track_files.sqlite3";

    private const string SlowTracks = "every track lookup reads the whole table and will time out";
    private const string SlowAlbums = "every album lookup reads the whole table and will time out";
    private const string SlowArtists = "every artist lookup reads the whole table and will time out";

    /// <summary>The tables of the main database; the first is what a file is told by that is another one.</summary>
    public static IReadOnlyList<Table> Main { get; } =
    [
        new(
            "tracks",
            [
                new("rowid", "integer primary key not null"),
                new("id", "text not null", IsRead: true),
                new("fetched_at", "integer not null"),
                new("name", "text not null", IsRead: true),
                new("preview_url", "text", IsRead: true),
                new("album_rowid", "integer not null", IsRead: true),
                new("track_number", "integer not null", IsRead: true),
                new("external_id_isrc", "text", IsRead: true),
                new("external_id_ean", "text"),
                new("external_id_upc", "text"),
                new("popularity", "integer not null", IsRead: true),
                new("available_markets_rowid", "integer not null", IsRead: true, References: "available_markets"),
                new("disc_number", "integer not null", IsRead: true),
                new("duration_ms", "integer not null", IsRead: true),
                new("explicit", "integer not null", IsRead: true),
            ],
            [
                new("tracks_id_unique", "id", IsUnique: true, Without: SlowTracks),
                new(
                    "tracks_popularity",
                    "popularity",
                    Without: "a track search without the search index sorts the whole table and will time out"),
                new("tracks_album", "album_rowid", Without: "the tracks of an album cannot be listed in time"),
                new("tracks_isrc", "external_id_isrc", Without: "every ISRC lookup reads the whole table and will time out"),
            ]),
        new(
            "track_artists",
            [
                new("track_rowid", "integer not null", IsRead: true, References: "tracks"),
                new("artist_rowid", "integer not null", IsRead: true, References: "artists"),
            ],
            [
                new("track_artists_artist_id", "artist_rowid"),
                new("track_artists_track_id", "track_rowid", Without: SlowTracks),
            ]),
        new(
            "albums",
            [
                new("rowid", "integer primary key not null"),
                new("id", "text not null", IsRead: true),
                new("fetched_at", "integer not null"),
                new("name", "text not null", IsRead: true),
                new("album_type", "text not null", IsRead: true),
                new("available_markets_rowid", "integer not null", IsRead: true, References: "available_markets"),
                new("external_id_upc", "text", IsRead: true),
                new("external_id_amgid", "text"),
                new("copyright_c", "text", IsRead: true),
                new("copyright_p", "text", IsRead: true),
                new("label", "text not null", IsRead: true),
                new("popularity", "integer not null", IsRead: true),
                new("release_date", "text not null", IsRead: true),
                new("release_date_precision", "text not null", IsRead: true),
                new("total_tracks", "integer not null", IsRead: true),
            ],
            [
                new("albums_id_unique", "id", IsUnique: true, Without: SlowAlbums),
                new("album_name", "name"),
                new(
                    "album_popularity",
                    "popularity",
                    Without: "an album search without the search index sorts the whole table and will time out"),
            ]),
        new(
            "album_images",
            [
                new("album_rowid", "integer not null", IsRead: true, References: "albums"),
                new("width", "integer not null", IsRead: true),
                new("height", "integer not null", IsRead: true),
                new("url", "text not null", IsRead: true),
            ],
            [
                new("album_images_album_id", "album_rowid", Without: SlowAlbums),
            ]),
        new(
            "artist_albums",
            [
                new("artist_rowid", "integer not null", IsRead: true, References: "artists"),
                new("album_rowid", "integer not null", IsRead: true, References: "albums"),
                new("is_appears_on", "integer not null", IsRead: true),
                new("is_implicit_appears_on", "integer not null", IsRead: true),
                new("index_in_album", "integer", IsRead: true),
            ],
            [
                new("artist_album_artist_id", "artist_rowid", Without: "the albums of an artist cannot be listed in time"),
                new("artist_album_album_id", "album_rowid", Without: SlowAlbums),
            ]),
        new(
            "artists",
            [
                new("rowid", "integer primary key not null"),
                new("id", "text not null", IsRead: true),
                new("fetched_at", "integer not null"),
                new("name", "text not null", IsRead: true),
                new("followers_total", "integer not null", IsRead: true),
                new("popularity", "integer not null", IsRead: true),
            ],
            [
                new("artists_id_unique", "id", IsUnique: true, Without: SlowArtists),
                new("artists_name", "name"),
                new("artists_popularity", "popularity"),
                new(
                    "artists_followers",
                    "followers_total",
                    Without: "an artist search without the search index sorts the whole table and may time out"),
            ]),
        new(
            "artist_genres",
            [
                new("artist_rowid", "integer not null", IsRead: true, References: "artists"),
                new("genre", "text not null", IsRead: true),
            ],
            [
                new("artist_genres_artist_id", "artist_rowid", Without: SlowArtists),
                new("artist_genres_genre", "genre"),
            ]),
        new(
            "artist_images",
            [
                new("artist_rowid", "integer not null", IsRead: true, References: "artists"),
                new("width", "integer not null", IsRead: true),
                new("height", "integer not null", IsRead: true),
                new("url", "text not null", IsRead: true),
            ],
            [
                new("artist_images_artist_id", "artist_rowid", Without: SlowArtists),
            ]),
        new(
            "available_markets",
            [
                new("rowid", "integer primary key not null"),
                new("available_markets", "text not null", IsRead: true),
            ],
            [
                new("available_markets_available_markets_unique", "available_markets", IsUnique: true),
            ]),
    ];

    /// <summary>The tables of the second database.</summary>
    public static IReadOnlyList<Table> TrackFiles { get; } =
    [
        new(
            "track_files",
            [
                new("rowid", "integer primary key not null"),
                new("track_id", "text not null", IsRead: true),
                new("filename", "text"),
                new("status", "text not null"),
                new("reencoded_kbit_vbr", "integer"),
                new("fetched_at", "integer"),
                new("session_country", "text"),
                new("sha256_original", "text"),
                new("sha256_with_embedded_meta", "text"),
                new("isrc_has_download", "integer"),
                new("track_popularity", "integer"),
                new("secondary_priority", "real"),
                new("prefixed_ogg_packet", "blob"),
                new("alternatives", "text"),
                new("file_id_ogg_vorbis_96", "text"),
                new("file_id_ogg_vorbis_160", "text"),
                new("file_id_ogg_vorbis_320", "text"),
                new("file_id_aac_24", "text"),
                new("file_id_mp3_96", "text"),
                new("language_of_performance", "text", IsRead: true),
                new("artist_roles", "text", IsRead: true),
                new("has_lyrics", "integer", IsRead: true),
                new("licensor", "text"),
                new("original_title", "text", IsRead: true),
                new("version_title", "text", IsRead: true),
                new("content_ratings", "text"),
            ],
            [
                new("track_files_track_id_unique", "track_id", IsUnique: true, Without: SlowTracks),
            ]),
    ];

    /// <summary>
    /// The columns that no answer shows, whole tables by their own name; rowids are kept as the keys of records.
    /// </summary>
    public static IEnumerable<string> Unread => Main.Concat(TrackFiles).SelectMany(table => table.IsRead
        ? table.Columns.Where(column => !column.IsRead && column.Name != "rowid").Select(column => $"{table.Name}.{column.Name}")
        : [table.Name]);

    /// <summary>
    /// Tables that a main database made from MusicBrainz has beyond <see cref="Main"/>, and no other. Where the first one is, all ids are
    /// MBIDs.
    /// </summary>
    public static IReadOnlyList<Table> MusicBrainz { get; } =
    [
        new(
            "musicbrainz_recordings",
            [
                new("track_rowid", "integer primary key not null", IsRead: true),
                new("recording_id", "text not null", IsRead: true),
            ],
            [
                new("musicbrainz_recordings_recording_id", "recording_id",
                    Without: "every lookup of a recording reads the whole table and will time out"),
            ]),
        new(
            "musicbrainz_isrcs",
            [
                new("track_rowid", "integer not null", IsRead: true, References: "tracks"),
                new("isrc", "text not null", IsRead: true),
            ],
            [
                new("musicbrainz_isrcs_isrc", "isrc", Without: "every ISRC lookup reads the whole table and will time out"),
            ]),
        new(
            "musicbrainz_redirects",
            [
                new("id", "text not null", IsRead: true),
                new("current_id", "text not null", IsRead: true),
            ],
            [
                new("musicbrainz_redirects_id_unique", "id", IsUnique: true,
                    Without: "every lookup of an unknown id reads the whole table and will time out"),
            ]),
    ];

    /// <summary>A table.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Columns">Its columns, in order.</param>
    /// <param name="Indexes">Its indexes.</param>
    public sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<Index> Indexes)
    {
        /// <summary>Whether a statement of the server reads it.</summary>
        public bool IsRead => Columns.Any(column => column.IsRead);

        /// <summary>The statement that creates it.</summary>
        public string CreateSql =>
            $"create table {Name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}").Concat(ForeignKeys))})";

        /// <summary>The statement that adds a row: a parameter for each column, in their order.</summary>
        public string InsertSql => $"INSERT INTO {Name} VALUES ({string.Join(", ", Columns.Select(_ => "?"))})";

        /// <summary>The statement that creates one of its indexes.</summary>
        public string CreateIndexSql(Index index) =>
            $"create {(index.IsUnique ? "unique " : "")}index {index.Name} on {Name} ({index.Column})";

        private IEnumerable<string> ForeignKeys =>
            Columns.Where(column => column.References is not null)
                .Select(column => $"foreign key ({column.Name}) references {column.References}(rowid)");
    }

    /// <summary>A column.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type and constraints in SQL.</param>
    /// <param name="IsRead">Whether a statement of the server reads it: without it nothing can be served.</param>
    /// <param name="References">The table whose rowids it holds, if it is a foreign key.</param>
    public sealed record Column(string Name, string Type, bool IsRead = false, string? References = null);

    /// <summary>An index.</summary>
    /// <param name="Name">Its name in most copies; any other will do.</param>
    /// <param name="Column">The column, which must be its first.</param>
    /// <param name="IsUnique">Whether no two rows may have the same value.</param>
    /// <param name="Without">
    /// What happens without it, as a clause; null when nothing does, because no statement of the server uses it.
    /// </param>
    public sealed record Index(string Name, string Column, bool IsUnique = false, string? Without = null);
}
