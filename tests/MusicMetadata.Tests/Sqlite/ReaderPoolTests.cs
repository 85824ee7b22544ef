using MusicMetadata.Catalog;
using MusicMetadata.SqliteStore;





namespace MusicMetadata.Tests.Sqlite;

public sealed class ReaderPoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteCatalog _store;

    public ReaderPoolTests() => _store = SqliteCatalog.Open(new StoreOptions
    {
        Database = _folder.AddConformanceCatalog(),
        Readers = 2,
        WaitTime = TimeSpan.FromMilliseconds(200),
        MostWaiting = 1,
    });

    [Fact]
    public async Task A_request_that_waits_too_long_is_told_that_the_server_is_busy()
    {
        using var first = await _store.RentAsync(ReaderWork.Lookup, default);
        using var second = await _store.RentAsync(ReaderWork.Lookup, default);
        var e = await Assert.ThrowsAsync<CatalogException>(async () => await _store.RentAsync(ReaderWork.Lookup, default));
        Assert.Equal(CatalogFault.Busy, e.Fault);
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_refused_at_once_and_the_waiting_one_is_served()
    {
        var first = await _store.RentAsync(ReaderWork.Lookup, default);
        using var second = await _store.RentAsync(ReaderWork.Lookup, default);
        var waiting = _store.RentAsync(ReaderWork.Lookup, default).AsTask();
        var refused = _store.RentAsync(ReaderWork.Lookup, default);
        Assert.True(refused.IsFaulted);
        _ = await Assert.ThrowsAsync<CatalogException>(async () => await refused);
        first.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_request_whose_client_has_gone_waits_no_longer_and_takes_no_reader_with_it()
    {
        var first = await _store.RentAsync(ReaderWork.Lookup, default);
        using var second = await _store.RentAsync(ReaderWork.Lookup, default);
        using var gone = new CancellationTokenSource();
        var waiting = _store.RentAsync(ReaderWork.Lookup, gone.Token).AsTask();
        await gone.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        (await _store.RentAsync(ReaderWork.Lookup, default)).Dispose();
    }

    [Fact]
    public async Task Scans_leave_a_reader_for_lookups()
    {
        using var scan = await _store.RentAsync(ReaderWork.Scan, default);
        _ = await Assert.ThrowsAsync<CatalogException>(async () => await _store.RentAsync(ReaderWork.Scan, default));
        (await _store.RentAsync(ReaderWork.Lookup, default)).Dispose();
        scan.Dispose();
        (await _store.RentAsync(ReaderWork.Scan, default)).Dispose();
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
