using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Tests.Server;

namespace MusicMetadata.Tests.Search;

/// <summary>The index finds exactly what a scan of all names finds, in the same order.</summary>
public sealed class AgreementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_index_finds_what_a_scan_finds_in_the_recorded_catalog()
    {
        await using var catalog = await SearchCatalog.OpenAsync(_folder.AddConformanceCatalog());
        await CompareAsync(catalog, queries: 4000);
    }

    [Fact]
    public async Task The_index_finds_what_a_scan_finds_among_names_that_are_hard_to_search()
    {
        await using var catalog = await SearchCatalog.OpenAsync(AwkwardCatalog.AddTo(_folder));
        await CompareAsync(catalog, queries: 4000);
        foreach (var entity in Enum.GetValues<Entity>())
        {
            foreach (var name in AwkwardCatalog.Names.Where(name => name.Length is > 0 and <= SearchLimits.MaxTextLength))
            {
                Assert.Equal(NameFolding.Fold(name).Length > 0, (await CompareAsync(catalog, entity, name, 50)).Count > 0);
            }
        }
    }

    [Fact]
    public async Task The_index_finds_what_a_scan_finds_in_an_invented_catalog()
    {
        _ = await DemoCatalogs.EnsureAsync(_folder.Path, tracks: 20_000, seed: 7);
        await using var catalog = await SearchCatalog.OpenAsync(_folder["main_database.sqlite3"]);
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
        await using var catalog = await SearchCatalog.OpenAsync(AwkwardCatalog.AddTo(_folder, onlyThese: true));
        Assert.Equal(found, (await CompareAsync(catalog, Entity.Artist, text, 50)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_index_finds_what_a_scan_finds_in_a_store_without_files(bool completesLater)
    {
        var store = new MemoryStore(completesLater);
        await using var catalog = await SearchCatalog.OpenAsync(store, store.Identity, _folder["search_index.sqlite3"]);
        await CompareAsync(catalog, queries: 500);
        Assert.Equal(0, store.Load.InUse);
        Assert.True(await IndexCheck.HasSameNamesAsync(_folder["search_index.sqlite3"], store, new NoProgress(), default));
    }

    public void Dispose() => _folder.Dispose();

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

        // Nine of ten texts are cut from a name; a store of few names has one answer for most.
        Assert.True(found > queries / 2, "the queries hardly found anything");
    }

    private static async Task<List<long>> CompareAsync(SearchCatalog catalog, Entity entity, string text, int limit)
    {
        var (indexed, scanned) = await catalog.AskAsync(entity, text, limit);
        Assert.True(
            indexed.SequenceEqual(scanned),
            $"{entity} '{text}' limit {limit}: index {string.Join(',', indexed)}, scan {string.Join(',', scanned)}");
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
