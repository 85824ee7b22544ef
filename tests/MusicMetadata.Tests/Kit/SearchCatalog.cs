using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;
using MusicMetadata.Search.Terms;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Kit;

/// <summary>A catalog with its index, both open in this process, so that thousands of searches take seconds.</summary>
internal sealed class SearchCatalog : IAsyncDisposable
{
    private readonly CatalogSearch _search;
    private readonly CatalogSearch _scan;

    private SearchCatalog(ICatalogStore store, CatalogSearch search, CatalogSearch scan, IReadOnlyDictionary<Entity, List<string>> names)
    {
        Store = store;
        _search = search;
        _scan = scan;
        Names = names;
    }

    /// <summary>The catalog.</summary>
    public ICatalogStore Store { get; }

    /// <summary>Every name.</summary>
    public IReadOnlyDictionary<Entity, List<string>> Names { get; }

    /// <summary>Builds the index of a catalog in SQLite files and opens both.</summary>
    public static Task<SearchCatalog> OpenAsync(string database)
    {
        var store = SqliteCatalog.Open(new StoreOptions { Database = database });
        return OpenAsync(store, store.IndexIdentity, SearchOptions.PathBeside(database));
    }

    /// <summary>Builds the index of any store and opens it.</summary>
    public static async Task<SearchCatalog> OpenAsync(ICatalogStore store, CatalogIdentity identity, string indexPath)
    {
        var source = new IndexSource(store, "the catalog of this test", identity, identity);
        var options = new IndexOptions { IndexPath = indexPath, Memory = IndexOptions.MinMemory };
        Assert.True(await new IndexBuilder(source, options, _ => { }, new NoProgress()).BuildAsync(default));
        var search = new CatalogSearch(new SearchOptions { IndexPath = indexPath, Connections = 4 }, identity);
        search.Start(NullLogger.Instance);
        Assert.True(search.IsReady);
        var scan = new CatalogSearch(new SearchOptions { IndexPath = null, Connections = 4 }, identity);
        return new SearchCatalog(store, search, scan, await ReadNamesAsync(store));
    }

    /// <summary>What the index finds and what a scan finds.</summary>
    public async Task<(List<long> Indexed, List<long> Scanned)> AskAsync(Entity entity, string text, int limit)
    {
        return (await AskAsync(SearchMethod.Index), await AskAsync(SearchMethod.Scan));

        async Task<List<long>> AskAsync(SearchMethod expected)
        {
            var query = new SearchQuery(entity, text) { Limit = limit };
            var (method, hits) = await SearchAsync(query, withIndex: expected == SearchMethod.Index);
            Assert.True(method == expected || NameFolding.Fold(text).Length == 0);
            return hits;
        }
    }

    /// <summary>What a search finds, and how.</summary>
    public async Task<(SearchMethod Method, List<long> Hits)> SearchAsync(SearchQuery query, bool withIndex = true)
    {
        var hits = new List<CatalogKey>();
        var method = await (withIndex ? _search : _scan).SearchAsync(Store, query, hits, Soon());
        return (method, hits.ConvertAll(key => key.Value));
    }

    /// <summary>What a search by terms finds.</summary>
    public async Task<(List<long> Keys, int Total)> FindAsync(TermQuery query)
    {
        using var reader = await Store.RentReaderAsync(ReaderPurpose.Lookup, Soon());
        var result = await _search.FindAsync(reader, query, Soon());
        Assert.NotNull(result);
        return ([.. result.Keys.Select(key => key.Value)], result.Total);
    }

    /// <summary>The top tracks of an artist.</summary>
    public async Task<List<long>> FindTopTracksAsync(CatalogKey artist, int limit)
    {
        var tracks = new List<CatalogKey>();
        using var reader = await Store.RentReaderAsync(ReaderPurpose.Lookup, Soon());
        Assert.True(await _search.TryFindTopTracksAsync(reader, artist, limit, tracks, Soon()));
        return tracks.ConvertAll(key => key.Value);
    }

    /// <summary>The albums of Universal Product Codes.</summary>
    public async Task<KeyLists> FindAlbumsByUpcAsync(string[] upcs)
    {
        var albums = new KeyLists();
        using var reader = await Store.RentReaderAsync(ReaderPurpose.Lookup, Soon());
        Assert.True(await _search.TryFindAlbumsByUpcAsync(upcs, albums));
        return albums;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _search.Dispose();
        _scan.Dispose();
        Store.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Deadline Soon() => Deadline.After(TimeSpan.FromSeconds(60), default);

    private static async Task<IReadOnlyDictionary<Entity, List<string>>> ReadNamesAsync(ICatalogStore store)
    {
        using var reader = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        var names = new Dictionary<Entity, List<string>>();
        foreach (var entity in Enum.GetValues<Entity>())
        {
            var list = names[entity] = [];
            await reader.ScanNamesAsync(entity, (_, name) =>
            {
                list.Add(Encoding.UTF8.GetString(name));
                return true;
            });
        }

        return names;
    }
}
