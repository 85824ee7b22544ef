using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Tests.Demo;
using MusicMetadata.Search;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Search;

/// <summary>The index finds exactly what a scan of all names finds, in the same order.</summary>
public sealed class AgreementTests : IDisposable
{
    private static readonly string[] AwkwardNames =
    [
        "100% \"Pure\" 'Live'", "a_b a%b", "AND OR NOT NEAR(x y)", "x* ^y col:z {w} -v", "\\ back \\\\ slash", "", " ", "a", "ab", "aa", "aaa", "aaaa", "aaaaaaaaaaaaaaaa",
        "la la la la la la la la la la", "na na na na hey hey", "banana ananas", "Beyoncé", "BEYONCE\u0301", "beyonce", "Motörhead", "ΟΔΥΣΣΕΥΣ οδυσσεύς", "Ёлка ЁЛКА",
        "ＡＢＣ ｶﾞｷﾞ", "がぎぐ か\u3099", "かきく", "한국 \u1112\u1161\u11AB", "愛", "愛愛愛愛", "東京愛", "straße STRASSE", "\u0301", "\u0301a\u0301", "tab\there\nand\u0001there", "nul\0inside", "𐐀𐐨 😀😀😀",
        "العَرَبِيَّة", "שָׁלוֹם", "हिन्दी", "ไทย ภาษา", "Æsir œuvre Øre Łódź", new('x', 30_000), "ﬁancée", "İstanbul ısı", "the the the the", "\u200B\uFEFFzero\u200Dwidth",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_index_finds_what_a_scan_finds_in_the_recorded_catalog()
    {
        await using var catalog = new SearchCatalog(_folder.AddConformanceCatalog());
        await CompareAsync(catalog, queries: 4000);
    }

    [Fact]
    public async Task The_index_finds_what_a_scan_finds_among_names_that_are_hard_to_search()
    {
        await using var catalog = new SearchCatalog(AddAwkwardCatalog(_folder));
        await CompareAsync(catalog, queries: 4000);
        foreach (var entity in Enum.GetValues<Entity>())
        {
            foreach (var name in AwkwardNames.Where(name => name.Length is > 0 and <= SearchLimits.MaxTextLength))
            {
                Assert.Equal(NameFolding.Fold(name).Length > 0, (await CompareAsync(catalog, entity, name, 50)).Count > 0);
            }
        }
    }

    [Fact]
    public async Task The_index_finds_what_a_scan_finds_in_an_invented_catalog()
    {
        _ = await DemoCatalogs.EnsureAsync(_folder.Path, tracks: 20_000, seed: 7);
        await using var catalog = new SearchCatalog(_folder["main_database.sqlite3"]);
        await CompareAsync(catalog, queries: 2000);
    }

    [Theory]
    [InlineData("beyonce", 3)]
    [InlineData("BEYONCÉ", 3)]
    [InlineData("strasse", 1)]
    [InlineData("か", 1)]
    [InlineData("が", 1)]
    [InlineData("한국", 1)]
    [InlineData("%", 2)]
    [InlineData("a_b", 1)]
    [InlineData("a%b", 1)]
    [InlineData("AND OR", 1)]
    [InlineData("NEAR(", 1)]
    [InlineData("x*", 1)]
    [InlineData("col:z", 1)]
    [InlineData("\"pure\"", 1)]
    [InlineData("\\\\", 1)]
    [InlineData("\u0301", 0)]
    [InlineData("\uFFFD", 1)]
    [InlineData("la la la la la la la la la la la", 0)]
    public async Task A_text_is_found_in_the_names_that_have_it_and_no_others(string text, int found)
    {
        await using var catalog = new SearchCatalog(AddAwkwardCatalog(_folder, onlyThese: true));
        Assert.Equal(found, (await CompareAsync(catalog, Entity.Artist, text, 50)).Count);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The recorded catalog, a part of its names replaced by hard ones, in every table.</summary>
    internal static string AddAwkwardCatalog(TemporaryFolder folder, bool onlyThese = false)
    {
        var database = folder.AddConformanceCatalog();
        using var connection = Connection.OpenForWriting(database);
        foreach (var table in SourceTable.All)
        {
            if (onlyThese)
            {
                connection.Execute($"UPDATE {table.Name} SET name = '-'");
            }

            using var update = connection.Prepare($"UPDATE {table.Name} SET name = ?1 WHERE rowid = (SELECT rowid FROM {table.Name} ORDER BY rowid LIMIT 1 OFFSET ?2)");
            for (var i = 0; i < AwkwardNames.Length; i++)
            {
                update.Bind(1, AwkwardNames[i]);
                update.Bind(2, (long)i * 3);
                update.Execute();
            }

            connection.Execute($"UPDATE {table.Name} SET name = CAST(X'C1FF41E282' AS TEXT) WHERE rowid = (SELECT max(rowid) FROM {table.Name})");
            connection.Execute($"UPDATE {table.Name} SET {table.Order} = {table.Order} * 1000000000 WHERE rowid % 5 = 0 AND '{table.Name}' = 'artists'");
        }

        return database;
    }

    private static async Task CompareAsync(SearchCatalog catalog, int queries)
    {
        var random = Seeded.Random();
        var found = 0;
        for (var i = 0; i < queries; i++)
        {
            var entity = (Entity)(i % 3);
            var text = Cut(catalog.Names[entity], random);
            found += (await CompareAsync(catalog, entity, text, random.Next(1, SearchLimits.MaxLimit + 1))).Count;
        }

        Assert.True(found > queries, "the queries hardly found anything");
    }

    private static async Task<List<long>> CompareAsync(SearchCatalog catalog, Entity entity, string text, int limit)
    {
        var (indexed, scanned) = await catalog.AskAsync(entity, text, limit);
        Assert.True(indexed.SequenceEqual(scanned), $"{entity} '{text}' limit {limit}: index {string.Join(',', indexed)}, scan {string.Join(',', scanned)}");
        return scanned;
    }

    /// <summary>1 to 12 characters of a name, sometimes in another case, sometimes the ends of two names, sometimes mixed up.</summary>
    private static string Cut(List<string> names, Random random)
    {
        var runes = names[random.Next(names.Count)].EnumerateRunes().ToArray();
        var length = Math.Min(random.Next(1, 13), runes.Length);
        var start = random.Next(runes.Length - length + 1);
        var cut = runes[start..(start + length)];
        switch (random.Next(10))
        {
            case 0:
                cut = [.. cut.Select(Rune.ToUpperInvariant)];
                break;
            case 1:
                random.Shuffle(cut);
                break;
            case 2:
                cut = [.. cut, .. names[random.Next(names.Count)].EnumerateRunes().Take(3)];
                break;
        }

        return string.Concat(cut.Select(rune => rune.ToString()));
    }
}
