using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Search;

/// <summary>A search with the index ends when it must.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _database;
    private readonly SearchCatalog _catalog;

    public BudgetTests()
    {
        _database = _folder.AddConformanceCatalog();
        _catalog = new SearchCatalog(_database);
    }

    [Fact]
    public async Task One_that_has_used_up_its_time_is_stopped()
    {
        using var store = SqliteCatalog.Open(new StoreOptions { Database = _database });
        using var search = new IndexedSearch(new StoreOptions { Database = _database, QueryTime = TimeSpan.FromMilliseconds(-1) }, store.MainIdentity);
        search.Start(NullLogger.Instance);
        using var reader = await store.RentAsync(ReaderWork.Lookup, default);
        var e = Assert.Throws<CatalogException>(() => search.TryFind(reader, Entity.Track, "love", 20, [], default));
        Assert.Equal(CatalogFault.TookTooLong, e.Fault);
    }

    [Fact]
    public async Task One_whose_client_has_gone_is_stopped()
    {
        using var store = SqliteCatalog.Open(new StoreOptions { Database = _database });
        using var search = new IndexedSearch(new StoreOptions { Database = _database }, store.MainIdentity);
        search.Start(NullLogger.Instance);
        using var reader = await store.RentAsync(ReaderWork.Lookup, default);
        _ = Assert.Throws<OperationCanceledException>(() => search.TryFind(reader, Entity.Track, "love", 20, [], new CancellationToken(canceled: true)));

        // The connection that was lent to it serves the next one.
        var rowids = new List<long>();
        Assert.True(search.TryFind(reader, Entity.Track, "love", 20, rowids, default));
        Assert.Equal(20, rowids.Count);
    }

    [Fact]
    public async Task The_longest_text_that_may_be_asked_for_is_answered_as_by_a_scan()
    {
        var (indexed, scanned) = await _catalog.AskAsync(Entity.Track, new string('愛', SearchLimits.LongestText), SearchLimits.HighestLimit);
        Assert.Empty(indexed);
        Assert.Empty(scanned);
        var name = _catalog.Names[Entity.Track].MaxBy(name => name.Length)!;
        (indexed, scanned) = await _catalog.AskAsync(Entity.Track, name, SearchLimits.HighestLimit);
        Assert.NotEmpty(indexed);
        Assert.Equal(scanned, indexed);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _folder.Dispose();
    }
}
