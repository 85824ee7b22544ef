using System.Globalization;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Kit;

/// <summary>
/// A catalog of few words, so that names, credits and dates meet by chance in every way: texts that hardly anything has and texts that most
/// have, artists of one name, guests, albums and artists that are not there, dates that are none.
/// </summary>
internal static class RandomCatalog
{
    /// <summary>What names are made of. The first are in many names.</summary>
    public static readonly string[] Words =
    [
        "Nova", "Love", "cab", "The", "Kings", "Beyoncé", "Ørsted", "愛", "River", "Stone", "nova love", "Abba", "Qu", "Zyx", "Live",
        "N.E.W.",
        "&", "über",
    ];

    /// <summary>What artists play, two thirds of them.</summary>
    public static readonly string[] Genres = ["Deep House", "rock", "Bossa Nova"];

    private static readonly string[] Types = ["album", "single", "compilation", "ep", ""];
    private static readonly string[] Dates =
        ["1994-06-18", "1994-06", "1994", "1995-01-01", "1850-02-02", "2150", "0000", "", "199", "2001-09-09", "2002"];

    /// <summary>Writes one into a folder; returns the path of its main database.</summary>
    public static string AddTo(TemporaryFolder folder, Random random)
    {
        var database = folder.AddConformanceCatalog();
        using var connection = SqliteFile.OpenForWriting(database);
        connection.Execute("PRAGMA foreign_keys=0");
        connection.Execute("PRAGMA synchronous=0");
        connection.Execute("BEGIN");
        string[] tables =
        [
            "tracks", "track_artists", "albums", "album_images", "artist_albums", "artists", "artist_genres", "artist_images",
        ];
        foreach (var table in tables)
        {
            connection.Execute($"DELETE FROM {table}");
        }

        const int Artists = 1600;
        const int Albums = 700;
        const int Tracks = 3000;
        for (var i = 1; i <= Artists; i++)
        {
            connection.Execute("INSERT INTO artists VALUES (?1, ?2, 0, ?3, ?4, 0)", i, Id('a', i), Name(random), random.Next(20));
            for (var genres = random.Next(3); genres > 0; genres--)
            {
                connection.Execute("INSERT INTO artist_genres VALUES (?1, ?2)", i, Pick(Genres, random));
            }
        }

        for (var i = 1; i <= Albums; i++)
        {
            connection.Execute(
                "INSERT INTO albums VALUES (?1, ?2, 0, ?3, ?4, 1, ?5, null, null, null, '', ?6, ?7, 'day', 1)",
                i, Id('b', i), Name(random), Pick(Types, random), Upc(random), random.Next(4), Pick(Dates, random));
            for (var credits = random.Next(4); credits > 0; credits--)
            {
                connection.Execute("INSERT INTO artist_albums VALUES (?1, ?2, 0, 0, ?3)", random.Next(Artists + 5), i, random.Next(3));
            }

            for (var guests = random.Next(3); guests > 0; guests--)
            {
                connection.Execute(
                    "INSERT INTO artist_albums VALUES (?1, ?2, ?3, ?4, null)", random.Next(1, 20), i, guests % 2, (guests + 1) % 2);
            }
        }

        for (var i = 1; i <= Tracks; i++)
        {
            connection.Execute(
                "INSERT INTO tracks VALUES (?1, ?2, 0, ?3, null, ?4, 1, null, null, null, ?5, 1, 1, 1000, 0)",
                i, Id('c', i), Name(random), random.Next(Albums + 5), random.Next(3) == 0 ? random.Next(101) : random.Next(3));
            for (var credits = random.Next(4); credits > 0; credits--)
            {
                connection.Execute("INSERT INTO track_artists VALUES (?1, ?2)", i, random.Next(random.Next(2) == 0 ? 20 : Artists + 5));
            }
        }

        connection.Execute("COMMIT");
        return database;
    }

    private static string Name(Random random) => string.Join(
        ' ',
        Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Words, random))
            .Append(random.Next(3) > 0 ? "nova cab" : "").Where(word => word.Length > 0));

    private static string Id(char kind, int number) => kind + number.ToString("D21", CultureInfo.InvariantCulture);

    private static string Upc(Random random) =>
        random.Next(5) == 0 ? "" : random.Next(100, 400).ToString(random.Next(2) == 0 ? "D12" : "D13", CultureInfo.InvariantCulture);

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
