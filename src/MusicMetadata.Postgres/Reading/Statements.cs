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
    public const string NextTrackNames = """
        select key, name, popularity::bigint
        from track
        where (popularity, key) < ($1::bigint, $2::bigint)
        order by popularity desc, key desc
        limit $3::bigint
        """;

    /// <inheritdoc cref="NextTrackNames"/>
    public const string NextAlbumNames = """
        select key, name, popularity::bigint
        from album
        where (popularity, key) < ($1::bigint, $2::bigint)
        order by popularity desc, key desc
        limit $3::bigint
        """;

    /// <inheritdoc cref="NextTrackNames"/>
    public const string NextArtistNames = """
        select key, name, followers
        from artist
        where (followers, key) < ($1::bigint, $2::bigint)
        order by followers desc, key desc
        limit $3::bigint
        """;

    /// <summary>The tracks after a key.</summary>
    public const string ScanTracks = """
        select key, name, popularity, duration_ms, explicit, track_number, disc_number, isrc, album, artists::text
        from track
        where key > $1::bigint
        order by key
        limit $2::bigint
        """;

    /// <summary>The names of the tracks after a key.</summary>
    public const string ScanTrackNames = """
        select key, name, popularity
        from track
        where key > $1::bigint
        order by key
        limit $2::bigint
        """;

    /// <summary>The albums after a key.</summary>
    public const string ScanAlbums = """
        select key, name, popularity, type, release_date, upc, total_tracks, artists::text
        from album
        where key > $1::bigint
        order by key
        limit $2::bigint
        """;

    /// <summary>The artists after a key.</summary>
    public const string ScanArtists = """
        select key, name, popularity, followers
        from artist
        where key > $1::bigint
        order by key
        limit $2::bigint
        """;

    /// <summary>How much of an entity there is.</summary>
    public const string Measure = "select last_key, row_count from loaded where entity = $1";

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
