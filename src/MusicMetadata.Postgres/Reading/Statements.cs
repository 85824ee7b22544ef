namespace MusicMetadata.Postgres.Reading;

/// <summary>
/// Every statement that a server sends. Parameters are texts: arrays and numbers are made of them by a cast, which costs next to nothing.
/// </summary>
internal static class Statements
{
    private const string ById = "id = any($1::text[])";
    private const string ByKey = "key = any($1::integer[])";

    /// <summary>Tracks with their albums and the artists of both.</summary>
    public static readonly string TracksWithAlbumsById = TracksWithAlbums("t." + ById);

    /// <inheritdoc cref="TracksWithAlbumsById"/>
    public static readonly string TracksWithAlbumsByKey = TracksWithAlbums("t." + ByKey);

    /// <summary>Tracks with their artists.</summary>
    public static readonly string TracksById = Tracks("t." + ById);

    /// <inheritdoc cref="TracksById"/>
    public static readonly string TracksByKey = Tracks("t." + ByKey);

    /// <summary>Albums with their artists.</summary>
    public static readonly string AlbumsById = Albums("a." + ById);

    /// <inheritdoc cref="AlbumsById"/>
    public static readonly string AlbumsByKey = Albums("a." + ByKey);

    /// <summary>Artists.</summary>
    public const string ArtistsById = $"select {ArtistRow.Column} from artist r where r.{ById}";

    /// <inheritdoc cref="ArtistsById"/>
    public const string ArtistsByKey = $"select {ArtistRow.Column} from artist r where r.{ByKey}";

    /// <summary>Keys of ids.</summary>
    public const string TrackKeys = $"select id, key from track where {ById}";

    /// <inheritdoc cref="TrackKeys"/>
    public const string AlbumKeys = $"select id, key from album where {ById}";

    /// <inheritdoc cref="TrackKeys"/>
    public const string ArtistKeys = $"select id, key from artist where {ById}";

    /// <summary>Names of keys.</summary>
    public const string TrackNames = $"select key, name from track where {ByKey}";

    /// <inheritdoc cref="TrackNames"/>
    public const string AlbumNames = $"select key, name from album where {ByKey}";

    /// <inheritdoc cref="TrackNames"/>
    public const string ArtistNames = $"select key, name from artist where {ByKey}";

    /// <summary>The tracks of albums.</summary>
    public const string TracksOfAlbums = """
        select album, key
        from track
        where album = any($1::integer[])
        order by disc_number, track_number, key
        """;

    /// <summary>The tracks with ISRCs.</summary>
    public const string TracksByIsrc = """
        select isrc, key
        from track
        where isrc = any($1::text[])
        order by popularity desc, key
        """;

    /// <summary>
    /// The albums of artists in some groups, whose bits are those of <see cref="Catalog.AlbumGroups"/>. Of several rows of one album, the
    /// one that makes it the artist's own counts.
    /// </summary>
    public const string AlbumsOfArtists = """
        select artist, album
        from (
            select
                l.artist,
                l.album,
                a.release_date,
                min(case when l.is_guest then 8 when a.type = 'single' then 2 when a.type = 'compilation' then 4 else 1 end) as album_group
            from artist_album l
            join album a on a.key = l.album
            where l.artist = any($1::integer[])
            group by l.artist, l.album, a.release_date
        ) grouped
        where album_group & $2::integer <> 0
        order by release_date desc nulls last, album
        """;

    /// <summary>The names of an entity from one place in the order of search results on.</summary>
    public static readonly string NextTrackNames = NextNames("track", "popularity");

    /// <inheritdoc cref="NextTrackNames"/>
    public static readonly string NextAlbumNames = NextNames("album", "popularity");

    /// <inheritdoc cref="NextTrackNames"/>
    public static readonly string NextArtistNames = NextNames("artist", "followers");

    /// <summary>The tracks after a key.</summary>
    public static readonly string ScanTracks = Scan(
        "track", "key, name, popularity, duration_ms, explicit, track_number, disc_number, isrc, album, artists::text");

    /// <summary>The names of the tracks after a key.</summary>
    public static readonly string ScanTrackNames = Scan("track", "key, name, popularity");

    /// <summary>The albums after a key.</summary>
    public static readonly string ScanAlbums = Scan(
        "album", "key, name, popularity, type, release_date, upc, total_tracks, artists::text");

    /// <summary>The artists after a key.</summary>
    public static readonly string ScanArtists = Scan("artist", "key, name, popularity, followers");

    /// <summary>How much of an entity there is.</summary>
    public const string Measure = "select last_key, row_count from loaded where entity = $1";

    private static string NextNames(string table, string order) => $"""
        select key, name, {order}::bigint
        from {table}
        where ({order}, key) < ($1::bigint, $2::bigint)
        order by {order} desc, key desc
        limit $3::bigint
        """;

    private static string Scan(string table, string columns) => $"""
        select {columns}
        from {table}
        where key > $1::bigint
        order by key
        limit $2::bigint
        """;

    private static string TracksWithAlbums(string condition) => $"""
        select
        {TrackRow.Columns},
        {ArtistRow.ColumnOf("t.artists || a.artists")},
        {AlbumRow.Columns}
        from track t
        left join album a on a.key = t.album
        where {condition}
        """;

    private static string Tracks(string condition) => $"""
        select
        {TrackRow.Columns},
        {ArtistRow.ColumnOf("t.artists")}
        from track t
        where {condition}
        """;

    private static string Albums(string condition) => $"""
        select
        {AlbumRow.Columns},
        {ArtistRow.ColumnOf("a.artists")}
        from album a
        where {condition}
        """;
}
