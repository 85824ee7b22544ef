using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo;

/// <summary>Finds requests worth trying on an invented catalog.</summary>
public static class DemoSamples
{
    private const string BestTrack = """
        SELECT
            tracks.id,
            albums.id,
            artists.id
        FROM tracks
        JOIN albums ON albums.rowid = tracks.album_rowid
        JOIN track_artists ON track_artists.track_rowid = tracks.rowid
        JOIN artists ON artists.rowid = track_artists.artist_rowid
        ORDER BY tracks.popularity DESC, tracks.rowid DESC, track_artists.rowid
        LIMIT 1
        """;

    // The first rows are enough: every catalog has its hit that came out dozens of times near the beginning, and a large one is not read in
    // full.
    private const string CommonIsrc = """
        SELECT
            external_id_isrc
        FROM tracks
        WHERE rowid < 2000 AND length(external_id_isrc) = 12
        GROUP BY external_id_isrc
        ORDER BY count(*) BETWEEN 3 AND 12 DESC, count(*) DESC, external_id_isrc
        LIMIT 1
        """;

    // A catalog of a handful of tracks may have none that is called something with love.
    private const string SearchText = """
        SELECT
            iif(name LIKE '%love%', 'love', name)
        FROM tracks
        WHERE rowid < 2000
        ORDER BY name LIKE '%love%' DESC, length(name) BETWEEN 4 AND 40 DESC, rowid
        LIMIT 1
        """;

    /// <summary>Five paths with what each shows.</summary>
    /// <param name="main">Path of the main database.</param>
    public static IReadOnlyList<(string About, string Path)> Find(string main)
    {
        using var connection = SqliteFile.OpenForReading(main, cacheBytes: 1 << 20);
        using var command = connection.CreateCommand();
        command.CommandText = BestTrack;
        using var rows = command.ExecuteReader();
        if (!rows.Read())
        {
            throw new OperatorException($"{main} has no tracks. Delete its folder and run the command again.");
        }

        var samples = new List<(string, string)>
        {
            ("a track", "/lookup/track/" + rows.GetString(0)),
            ("its artist", "/lookup/artist/" + rows.GetString(2)),
            ("its album", "/lookup/album/" + rows.GetString(1)),
        };
        if (connection.QueryText(CommonIsrc) is { } isrc)
        {
            samples.Add(("an ISRC", "/lookup/isrc/" + isrc));
        }

        samples.Add(("a search", "/search/track?q=" + Uri.EscapeDataString(connection.QueryText(SearchText)!)));
        return samples;
    }
}
