using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Kit;

/// <summary>A catalog with its index, both open in this process, so that thousands of searches take seconds.</summary>
internal sealed class SearchCatalog : IAsyncDisposable
{
    private readonly SqliteCatalog _store;
    private readonly CatalogSearch _search;
    private readonly CatalogSearch _scan;

    /// <summary>Builds the index of a catalog and opens both.</summary>
    public SearchCatalog(string database, long memory = IndexOptions.MinMemory)
    {
        var store = new StoreOptions { Database = database };
        var search = new SearchOptions { IndexPath = SearchOptions.PathBeside(database), Connections = store.Readers };
        _ = new IndexBuilder(
            new IndexOptions { Database = database, IndexPath = search.IndexPath, Memory = memory }, _ => { }, new NoProgress())
            .Build(default);
        _store = SqliteCatalog.Open(store);
        _search = new CatalogSearch(search, _store.MainIdentity);
        _scan = new CatalogSearch(search with { IndexPath = null }, _store.MainIdentity);
        _search.Start(NullLogger.Instance);
        Assert.True(_search.IsReady);
        Names = SourceTable.All.ToDictionary(table => table.Entity, table => ReadNames(database, table));
    }

    /// <summary>Every name.</summary>
    public IReadOnlyDictionary<Entity, List<string>> Names { get; }

    /// <summary>What the index finds and what a scan finds.</summary>
    public async Task<(List<long> Indexed, List<long> Scanned)> AskAsync(Entity entity, string text, int limit)
    {
        var deadline = Deadline.After(TimeSpan.FromSeconds(60), default);
        return (await AskAsync(_search, SearchMethod.Index), await AskAsync(_scan, SearchMethod.Scan));

        async Task<List<long>> AskAsync(CatalogSearch search, SearchMethod expected)
        {
            var hits = new List<CatalogKey>();
            var method = await search.SearchAsync(_store, entity, text, limit, hits, deadline);
            Assert.True(method == expected || NameFolding.Fold(text).Length == 0);
            return hits.ConvertAll(key => key.Value);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _search.Dispose();
        _scan.Dispose();
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private static List<string> ReadNames(string database, SourceTable table)
    {
        using var connection = SqliteFile.OpenForReading(database, 1 << 20);
        return connection.QueryTexts($"SELECT name FROM {table.Name}");
    }
}
