using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Compares the two files with what the statements of this program need.</summary>
public static class SchemaCheck
{
    /// <summary>The tables, columns and indexes that statements use. Names of indexes are those of most copies; any name will do.</summary>
    private static readonly Table[] MainTables =
    [
        new("tracks", ["id", "name", "external_id_isrc", "duration_ms", "explicit", "track_number", "disc_number", "popularity", "preview_url", "album_rowid"], [
            new("id", "create unique index tracks_id_unique on tracks (id)", "every track lookup reads the whole table and will time out"),
            new("album_rowid", "create index tracks_album on tracks (album_rowid)", "the tracks of an album cannot be listed in time"),
            new("external_id_isrc", "create index tracks_isrc on tracks (external_id_isrc)", "every ISRC lookup reads the whole table and will time out"),
            new("popularity", "create index tracks_popularity on tracks (popularity)", "a track search without the search index sorts the whole table and will time out"),
        ]),
        new("artists", ["id", "name", "followers_total", "popularity"], [
            new("id", "create unique index artists_id_unique on artists (id)", "every artist lookup reads the whole table and will time out"),
            new("followers_total", "create index artists_followers on artists (followers_total)", "an artist search without the search index sorts the whole table and may time out"),
        ]),
        new("albums", ["id", "name", "album_type", "label", "release_date", "release_date_precision", "external_id_upc", "total_tracks", "copyright_c", "copyright_p", "popularity"], [
            new("id", "create unique index albums_id_unique on albums (id)", "every album lookup reads the whole table and will time out"),
            new("popularity", "create index album_popularity on albums (popularity)", "an album search without the search index sorts the whole table and will time out"),
        ]),
        new("track_artists", ["track_rowid", "artist_rowid"], [
            new("track_rowid", "create index track_artists_track_id on track_artists (track_rowid)", "every track lookup reads the whole table and will time out"),
        ]),
        new("artist_albums", ["album_rowid", "artist_rowid", "index_in_album"], [
            new("album_rowid", "create index artist_album_album_id on artist_albums (album_rowid)", "every album lookup reads the whole table and will time out"),
        ]),
        new("artist_genres", ["artist_rowid", "genre"], [
            new("artist_rowid", "create index artist_genres_artist_id on artist_genres (artist_rowid)", "every artist lookup reads the whole table and will time out"),
        ]),
        new("album_images", ["album_rowid", "width", "height", "url"], [
            new("album_rowid", "create index album_images_album_id on album_images (album_rowid)", "every album lookup reads the whole table and will time out"),
        ]),
        new("artist_images", ["artist_rowid", "width", "height", "url"], [
            new("artist_rowid", "create index artist_images_artist_id on artist_images (artist_rowid)", "every artist lookup reads the whole table and will time out"),
        ]),
    ];

    private static readonly Table[] TrackFilesTables =
    [
        new("track_files", ["track_id", "original_title", "version_title", "has_lyrics", "language_of_performance", "artist_roles"], [
            new("track_id", "create unique index track_files_track_id_unique on track_files (track_id)", "every track lookup reads the whole table and will time out"),
        ]),
    ];

    /// <summary>Finds what is missing.</summary>
    /// <returns>What the server can live with, each as one sentence.</returns>
    /// <exception cref="OperatorException">A table or column is missing.</exception>
    /// <exception cref="SqliteException">A file is not a database, or its schema cannot be read.</exception>
    public static List<string> Check(CatalogFiles files)
    {
        var warnings = new List<string>();
        Check(files.Main, MainTables, warnings);
        if (files.TrackFiles is null)
        {
            warnings.Add($"{CatalogFiles.TrackFilesName} is not beside {files.Main}: tracks lack original_title, version_title, has_lyrics, languages and artist_roles until it is put there and the server reloaded (SIGHUP) or started again.");
        }
        else
        {
            Check(files.TrackFiles, TrackFilesTables, warnings);
        }

        return warnings;
    }

    /// <summary>Says which files beside a database hold changes that are not in it yet, each as one sentence; nothing when none does.</summary>
    public static IEnumerable<string> PendingChanges(string path)
    {
        // SQLite puts them beside the file itself, wherever links to it are.
        var file = Storage.RealPath(path);
        foreach (var pending in new[] { file + "-wal", file + "-journal" })
        {
            if (File.Exists(pending) && new FileInfo(pending).Length > 0)
            {
                yield return $"{pending} holds changes that are not served and not copied: they are not in the database file yet. Let the program that writes it finish, or open and close it once with sqlite3.";
            }
        }
    }

    private static void Check(string path, Table[] tables, List<string> warnings)
    {
        warnings.AddRange(PendingChanges(path));
        using var connection = Connection.OpenImmutable(path, cacheBytes: 64 * 1024, mmapBytes: 0);
        _ = connection.QueryText("SELECT count(*) FROM sqlite_schema");
        foreach (var table in tables)
        {
            var columns = connection.QueryTexts($"SELECT name FROM pragma_table_info('{table.Name}')");
            if (columns.Count == 0)
            {
                throw new OperatorException($"{path} has no table {table.Name}: it is not the {Path.GetFileName(path)} of this catalog. Check the path, and that the download is complete.");
            }

            foreach (var column in table.Columns.Except(columns, StringComparer.OrdinalIgnoreCase))
            {
                throw new OperatorException($"{path} has no column {table.Name}.{column}: this copy has another schema than the server was written for.");
            }

            var indexed = connection.QueryTexts($"""
                SELECT (SELECT name FROM pragma_index_info(list.name) WHERE seqno = 0) FROM pragma_index_list('{table.Name}') AS list WHERE list.partial = 0
                """);
            foreach (var index in table.Indexes.Where(index => !indexed.Contains(index.Column, StringComparer.OrdinalIgnoreCase)))
            {
                warnings.Add($"{path} has no index on {table.Name}.{index.Column}: {index.Consequence}. Create it with the server stopped: {index.Sql};");
            }
        }
    }

    private sealed record Table(string Name, string[] Columns, Index[] Indexes);

    private sealed record Index(string Column, string Sql, string Consequence);
}
