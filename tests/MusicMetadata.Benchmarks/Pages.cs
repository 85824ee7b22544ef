using System.Text;
using System.Text.RegularExpressions;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// How many distinct database pages a track lookup touches, and for what: the cache misses of a reader that starts with an empty cache and
/// no memory map. On slow and cold storage this is what a lookup costs.
/// </summary>
internal static partial class Pages
{
    private const int Lookups = 300;

    /// <summary>What a track lookup asks for, in its order: a statement of the reader, and whose rowid it takes.</summary>
    private static readonly (string Statement, string Key)[] Steps =
    [
        ("FROM tracks WHERE rowid", "track"),
        ("FROM albums WHERE rowid", "album"),
        ("FROM album_images", "album"),
        ("FROM artist_albums", "album"),
        ("FROM track_artists", "track"),
        ("FROM artists WHERE rowid", "artists"),
        ("FROM artist_genres", "artists"),
        ("FROM artist_images", "artists"),
    ];

    /// <summary>Prints the mean of some hundred random tracks.</summary>
    public static int Print(string database)
    {
        var ids = Samples.Read(database, Lookups).Tracks;
        var files = CatalogFiles.Find(database);
        var pages = new Dictionary<string, long>();
        foreach (var id in ids)
        {
            using var main = SqliteFile.OpenForServing(files.Main, 64 << 20, 0);
            using var trackFiles = SqliteFile.OpenForServing(files.TrackFiles!, 64 << 20, 0);
            _ = new SqliteReader(null!, main, trackFiles);
            var statements = main.Statements.ToDictionary(statement => Space().Replace(statement.Sql, " "));
            Statement Find(string part) => statements.First(statement => statement.Key.Contains(part, StringComparison.Ordinal)).Value;

            // What preparing the statements has read of the schema is no cost of a lookup.
            var before = new Dictionary<Connection, int> { [main] = main.CacheMisses, [trackFiles] = trackFiles.CacheMisses };
            void Count(string step, Connection connection)
            {
                pages[step] = pages.GetValueOrDefault(step) + connection.CacheMisses - before[connection];
                before[connection] = connection.CacheMisses;
            }

            var track = Column(Find("FROM tracks WHERE id").Query(Encoding.UTF8.GetBytes(id)), 0)[0];
            Count("FROM tracks WHERE id", main);
            long[] album = [], artists = [];
            foreach (var (part, key) in Steps)
            {
                foreach (var rowid in key switch { "track" => [track], "album" => album, _ => artists.Distinct() })
                {
                    var values = Column(Find(part).Query(rowid), part switch { "FROM tracks WHERE rowid" => 9, _ => 0 });
                    album = part == "FROM tracks WHERE rowid" ? values : album;
                    artists = part is "FROM artist_albums" or "FROM track_artists" ? [.. artists, .. values] : artists;
                }

                Count(part, main);
            }

            _ = Column(trackFiles.Statements[0].Query(Encoding.UTF8.GetBytes(id)), 0);
            Count("FROM track_files", trackFiles);
        }

        foreach (var (step, count) in pages)
        {
            Console.WriteLine($"{(double)count / Lookups,6:F1}  {step}");
        }

        Console.WriteLine($"{(double)pages.Values.Sum() / Lookups,6:F1}  in all");
        return 0;
    }

    private static long[] Column(Statement.Rows rows, int column)
    {
        var values = new List<long>();
        using (rows)
        {
            while (rows.Step())
            {
                values.Add(rows.Number(column));
            }
        }

        return [.. values];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
