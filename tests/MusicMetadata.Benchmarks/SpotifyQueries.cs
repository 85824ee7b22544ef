using MusicMetadata.Sqlite;

namespace MusicMetadata.Benchmarks;

/// <summary>Searches below <c>/v1</c>, in the classes that clients send; made from the rows of a catalog, always the same ones.</summary>
internal static class SpotifyQueries
{
    private const int PerClass = 300;

    /// <summary>The classes, each with its paths.</summary>
    public static IReadOnlyDictionary<string, string[]> Read(string database)
    {
        var rows = Rows(database);
        return new Dictionary<string, string[]>
        {
            ["free text of two fields"] = Paths("track", row => $"{row.Artist} - {row.Track}"),
            ["free text, three types"] = Paths("track,album,artist", row => $"{row.Artist} {row.Album}"),
            ["one word"] = Paths("track", row => row.Track.Split(' ')[0]),
            ["track: and artist:"] = Paths("track", row => $"track:{row.Track} artist:{row.Artist}"),
            ["album: and artist:"] = Paths("album", row => $"album:\"{row.Album}\" artist:\"{row.Artist}\""),
            ["isrc:"] = Paths("track", row => $"isrc:{row.Isrc}"),
            ["upc:"] = Paths("album", row => $"upc:{row.Upc}"),
            ["year:"] = Paths("track,album", row => $"year:{row.Date[..4]}"),
            ["ten years"] = Paths("track", row => $"year:{row.Date[..3]}0-{row.Date[..3]}9"),
            ["genre:"] = Paths("track,artist", row => $"genre:\"{row.Genre}\""),
            ["genre: and year:"] = Paths("track", row => $"genre:\"{row.Genre}\" year:{row.Date[..4]}"),
            ["tag:new"] = Paths("album", _ => "tag:new"),
            ["one word, in a market"] = Paths("track", row => row.Track.Split(' ')[0], "&market=DE"),
        };

        string[] Paths(string type, Func<Row, string> q, string more = "") =>
            [.. rows.Select(row => $"/v1/search?type={type}&q={Uri.EscapeDataString(q(row))}{more}")];
    }

    private static List<Row> Rows(string database)
    {
        using var connection = SqliteFile.OpenForServing(database, 1 << 20, 0);
        var random = new Random(1);
        var last = long.Parse(connection.QueryText("SELECT max(rowid) FROM tracks")!, null);
        using var statement = connection.Prepare("""
            SELECT t.name, a.name, l.name, l.release_date, t.external_id_isrc, l.external_id_upc, g.genre
            FROM tracks t
            CROSS JOIN track_artists c ON c.track_rowid = t.rowid
            CROSS JOIN artists a ON a.rowid = c.artist_rowid
            CROSS JOIN albums l ON l.rowid = t.album_rowid
            CROSS JOIN artist_genres g ON g.artist_rowid = a.rowid
            WHERE t.rowid = ?1 AND t.external_id_isrc IS NOT NULL AND l.external_id_upc IS NOT NULL
            """);
        var found = new List<Row>();
        while (found.Count < PerClass)
        {
            using var rows = statement.Query(random.NextInt64(1, last + 1));
            if (rows.Step())
            {
                found.Add(new Row(
                    Text(rows, 0), Text(rows, 1), Text(rows, 2), Text(rows, 3), Text(rows, 4), Text(rows, 5), Text(rows, 6)));
            }
        }

        return found;
    }

    private static string Text(Statement.Rows rows, int column) => System.Text.Encoding.UTF8.GetString(rows.Text(column));

    private sealed record Row(string Track, string Artist, string Album, string Date, string Isrc, string Upc, string Genre);
}
