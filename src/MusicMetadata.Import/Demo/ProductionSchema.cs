namespace MusicMetadata.Import.Demo;

/// <summary>The tables and indexes of the two files, statement for statement as the real ones have them.</summary>
internal static class ProductionSchema
{
    /// <summary>The tables of <c>main_database.sqlite3</c>.</summary>
    public static readonly string[] MainTables =
    [
        "create table artists (rowid integer primary key not null, id text not null, fetched_at integer not null, name text not null, followers_total integer not null, popularity integer not null)",
        "create table artist_genres (artist_rowid integer not null, genre text not null, foreign key (artist_rowid) references artists(rowid))",
        "create table artist_images (artist_rowid integer not null, width integer not null, height integer not null, url text not null, foreign key (artist_rowid) references artists(rowid))",
        "create table artist_albums (artist_rowid integer not null, album_rowid integer not null, is_appears_on integer not null, is_implicit_appears_on integer not null, index_in_album integer, foreign key (artist_rowid) references artists(rowid), foreign key (album_rowid) references albums(rowid))",
        "create table available_markets (rowid integer primary key not null, available_markets text not null)",
        "create table albums (rowid integer primary key not null, id text not null, fetched_at integer not null, name text not null, album_type text not null, available_markets_rowid integer not null, external_id_upc text, external_id_amgid text, copyright_c text, copyright_p text, label text not null, popularity integer not null, release_date text not null, release_date_precision text not null, total_tracks integer not null, foreign key (available_markets_rowid) references available_markets(rowid))",
        "create table album_images (album_rowid integer not null, width integer not null, height integer not null, url text not null, foreign key (album_rowid) references albums(rowid))",
        "create table tracks (rowid integer primary key not null, id text not null, fetched_at integer not null, name text not null, preview_url text, album_rowid integer not null, track_number integer not null, external_id_isrc text, external_id_ean text, external_id_upc text, popularity integer not null, available_markets_rowid integer not null, disc_number integer not null, duration_ms integer not null, explicit integer not null, foreign key (available_markets_rowid) references available_markets(rowid))",
        "create table track_artists (track_rowid integer not null, artist_rowid integer not null, foreign key (track_rowid) references tracks(rowid), foreign key (artist_rowid) references artists(rowid))",
    ];

    /// <summary>The indexes of <c>main_database.sqlite3</c>.</summary>
    public static readonly string[] MainIndexes =
    [
        "create index artist_genres_artist_id on artist_genres (artist_rowid)",
        "create index artist_genres_genre on artist_genres (genre)",
        "create index artist_images_artist_id on artist_images (artist_rowid)",
        "create unique index artists_id_unique on artists (id)",
        "create index artists_name on artists (name)",
        "create index artists_popularity on artists (popularity)",
        "create index artists_followers on artists (followers_total)",
        "create index artist_album_artist_id on artist_albums (artist_rowid)",
        "create index artist_album_album_id on artist_albums (album_rowid)",
        "create unique index albums_id_unique on albums (id)",
        "create index album_name on albums (name)",
        "create index album_popularity on albums (popularity)",
        "create unique index available_markets_available_markets_unique on available_markets (available_markets)",
        "create index track_artists_artist_id on track_artists (artist_rowid)",
        "create index track_artists_track_id on track_artists (track_rowid)",
        "create unique index tracks_id_unique on tracks (id)",
        "create index tracks_popularity on tracks (popularity)",
        "create index tracks_album on tracks (album_rowid)",
        "create index album_images_album_id on album_images (album_rowid)",
        "create index tracks_isrc on tracks (external_id_isrc)",
    ];

    /// <summary>The tables of <c>track_files.sqlite3</c>.</summary>
    public static readonly string[] TrackFilesTables =
    [
        "create table track_files (rowid integer primary key not null, track_id text not null, filename text, status text not null, reencoded_kbit_vbr integer, fetched_at integer, session_country text, sha256_original text, sha256_with_embedded_meta text, isrc_has_download integer, track_popularity integer, secondary_priority real, prefixed_ogg_packet blob, alternatives text, file_id_ogg_vorbis_96 text, file_id_ogg_vorbis_160 text, file_id_ogg_vorbis_320 text, file_id_aac_24 text, file_id_mp3_96 text, language_of_performance text, artist_roles text, has_lyrics integer, licensor text, original_title text, version_title text, content_ratings text)",
    ];

    /// <summary>The indexes of <c>track_files.sqlite3</c>.</summary>
    public static readonly string[] TrackFilesIndexes =
    [
        "create unique index track_files_track_id_unique on track_files (track_id)",
    ];
}
