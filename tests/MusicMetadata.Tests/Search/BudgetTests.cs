using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Search;

/// <summary>A search with the index ends when it must.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string _database = "";
    private SearchCatalog _catalog = null!;

    public async ValueTask InitializeAsync()
    {
        _database = _folder.AddConformanceCatalog();
        _catalog = await SearchCatalog.OpenAsync(_database);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("an")]
    public async Task A_search_that_has_used_up_its_time_is_stopped(string? artist)
    {
        using var store = SqliteCatalog.Open(new StoreOptions { Database = _database });
        using var search = OpenSearch(store);
        var over = Deadline.After(TimeSpan.FromMilliseconds(-1), default);
        var query = new SearchQuery(Entity.Track, "love") { Limit = 20, Artist = artist };
        var e = await Assert.ThrowsAsync<CatalogException>(async () => await search.SearchAsync(store, query, [], over));
        Assert.Equal(CatalogFault.TookTooLong, e.Fault);
    }

    [Fact]
    public async Task A_search_whose_client_has_gone_is_stopped()
    {
        using var store = SqliteCatalog.Open(new StoreOptions { Database = _database, Readers = 1 });
        using var search = OpenSearch(store);
        var gone = Deadline.Never(new CancellationToken(canceled: true));
        _ = await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await search.SearchAsync(store, new SearchQuery(Entity.Track, "love") { Limit = 20 }, [], gone));

        // The reader and the connection that were rented for it serve the next one.
        var hits = new List<CatalogKey>();
        var query = new SearchQuery(Entity.Track, "love") { Limit = 20 };
        var method = await search.SearchAsync(store, query, hits, Deadline.After(TimeSpan.FromSeconds(30), default));
        Assert.Equal(SearchMethod.Index, method);
        Assert.Equal(20, hits.Count);
    }

    [Fact]
    public async Task The_longest_text_that_may_be_asked_for_is_answered_as_by_a_scan()
    {
        var longest = new string('愛', SearchLimits.MaxTextLength);
        var (indexed, scanned) = await _catalog.AskAsync(Entity.Track, longest, SearchLimits.MaxLimit);
        Assert.Empty(indexed);
        Assert.Empty(scanned);
        var name = _catalog.Names[Entity.Track].MaxBy(name => name.Length)!;
        (indexed, scanned) = await _catalog.AskAsync(Entity.Track, name, SearchLimits.MaxLimit);
        Assert.NotEmpty(indexed);
        Assert.Equal(scanned, indexed);
    }

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _folder.Dispose();
    }

    private CatalogSearch OpenSearch(SqliteCatalog store)
    {
        var options = new SearchOptions { IndexPath = SearchOptions.PathBeside(_database), Connections = 1 };
        var search = new CatalogSearch(options, store.IndexIdentity);
        search.Start(NullLogger.Instance);
        return search;
    }
}
