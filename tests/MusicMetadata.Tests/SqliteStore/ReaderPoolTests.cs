using MusicMetadata.Catalog;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.SqliteStore;

public sealed class ReaderPoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteCatalog _store;

    private static Deadline Soon => Deadline.After(TimeSpan.FromMilliseconds(200), default);

    public ReaderPoolTests() => _store = SqliteCatalog.Open(new StoreOptions
    {
        Database = _folder.AddConformanceCatalog(),
        Readers = 2,
        MaxWaiting = 1,
    });

    [Fact]
    public async Task A_request_that_waits_too_long_is_told_that_the_server_is_busy()
    {
        using var first = await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon);
        using var second = await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon);
        Assert.Null(await _store.TryRentReaderAsync(ReaderPurpose.Lookup, Soon));
        var e = await Assert.ThrowsAsync<CatalogException>(async () => await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon));
        Assert.Equal(CatalogFault.Busy, e.Fault);
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_refused_at_once_and_the_waiting_one_is_served()
    {
        var first = await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon);
        using var second = await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon);
        var waiting = _store.RentReaderAsync(ReaderPurpose.Lookup, Soon).AsTask();
        var refused = _store.TryRentReaderAsync(ReaderPurpose.Lookup, Soon);
        Assert.True(refused.IsCompletedSuccessfully);
        Assert.Null(await refused);
        first.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_request_whose_client_has_gone_waits_no_longer_and_takes_no_reader_with_it()
    {
        var first = await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon);
        using var second = await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon);
        using var gone = new CancellationTokenSource();
        var waiting = _store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.Never(gone.Token)).AsTask();
        await gone.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        (await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon)).Dispose();
    }

    [Fact]
    public async Task Scans_leave_a_reader_for_lookups()
    {
        using var scan = await _store.RentReaderAsync(ReaderPurpose.Scan, Soon);
        _ = await Assert.ThrowsAsync<CatalogException>(async () => await _store.RentReaderAsync(ReaderPurpose.Scan, Soon));
        (await _store.RentReaderAsync(ReaderPurpose.Lookup, Soon)).Dispose();
        scan.Dispose();
        (await _store.RentReaderAsync(ReaderPurpose.Scan, Soon)).Dispose();
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
