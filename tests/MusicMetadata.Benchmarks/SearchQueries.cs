using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// Texts to search, in the classes that differ in what they cost; made from the names of a catalog, always the same ones.
/// </summary>
internal static class SearchQueries
{
    private const int SampledNames = 100_000;
    private const int MaxPerClass = 300;

    /// <summary>The classes, each with its paths.</summary>
    public static IReadOnlyDictionary<string, string[]> Read(string database)
    {
        var random = new Random(1);
        var names = Names(database, random);
        var words = names.SelectMany(name => name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length >= 3)
            .GroupBy(word => word)
            .Select(group => (Text: group.Key, Count: group.Count()))
            .OrderByDescending(word => word.Count)
            .ThenBy(word => word.Text, StringComparer.Ordinal)
            .ToArray();
        var common = words.Take(60).Select(word => word.Text).ToArray();
        var rare = words.Where(word => word.Count == 1 && word.Text.Length >= 6 && Ascii.IsValid(word.Text))
            .Select(word => word.Text).ToArray();
        random.Shuffle(rare);
        var ideographs = names.SelectMany(name => name).Where(letter => letter is >= '\u4E00' and <= '\u9FFF').Distinct().Order().ToArray();
        random.Shuffle(ideographs);
        var texts = new Dictionary<string, string[]>
        {
            ["common word"] = common,
            ["rare word"] = [.. rare.Take(MaxPerClass)],
            ["two characters"] = [.. Enumerable.Range(0, MaxPerClass).Select(_ => Cut(names, random, 2))],
            ["one CJK character"] = [.. ideographs.Take(MaxPerClass).Select(letter => letter.ToString())],
            ["no match"] = [.. rare.Take(MaxPerClass).Select((word, i) => Shuffled(word, random) + Shuffled(rare[^(i + 1)], random))],
            ["worst: common pieces that hardly ever meet"] = [.. Enumerable.Range(0, MaxPerClass).Select(_ => Pieces(common, random))],
        };
        return texts.ToDictionary(
            one => one.Key, one => Array.ConvertAll(one.Value, text => "/search/track?q=" + Uri.EscapeDataString(text)));
    }

    /// <summary>
    /// The end of a common word, whole ones, and the beginning of another: all their n-grams are among the most frequent of all.
    /// </summary>
    private static string Pieces(string[] common, Random random)
    {
        var words = Enumerable.Range(0, 3).Select(_ => common[random.Next(common.Length)]).ToArray();
        return $"{words[0][1..]} {words[1]} {words[2][..^1]}";
    }

    private static string Shuffled(string word, Random random)
    {
        var letters = word.ToCharArray();
        random.Shuffle(letters);
        return new string(letters);
    }

    private static string Cut(List<string> names, Random random, int length)
    {
        while (true)
        {
            var name = names[random.Next(names.Count)];
            var start = random.Next(name.Length);
            if (start + length <= name.Length && Ascii.IsValid(name.AsSpan(start, length)))
            {
                return name.Substring(start, length);
            }
        }
    }

    private static List<string> Names(string database, Random random)
    {
        using var connection = SqliteFile.OpenForServing(database, 1 << 20, 0);
        var last = long.Parse(connection.QueryText("SELECT max(rowid) FROM tracks")!, null);
        using var statement = connection.Prepare("SELECT name FROM tracks WHERE rowid >= ?1 LIMIT 1");
        var names = new List<string>();
        while (names.Count < SampledNames)
        {
            using var rows = statement.Query(random.NextInt64(1, last + 1));
            if (rows.Step() && !rows.Text(0).IsEmpty)
            {
                names.Add(Encoding.UTF8.GetString(NameFolding.Fold(Encoding.UTF8.GetString(rows.Text(0)))));
            }
        }

        return names;
    }
}
