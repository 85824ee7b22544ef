using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;





namespace MusicMetadata.SqliteStore;

/// <summary>A fixed set of readers, lent to one request each.</summary>
/// <remarks>
/// SQLite works synchronously, so the number of readers is also the bound on threads that can be stuck waiting for slow storage.
/// </remarks>
internal sealed class ReaderPool : IDisposable
{
    private readonly Stack<SqliteReader> _idle;
    private readonly SemaphoreSlim _readers;
    private readonly SemaphoreSlim _scans;
    private readonly StoreOptions _options;
    private readonly int _count;
    private int _waiting;

    /// <summary>Opens all readers.</summary>
    /// <exception cref="SqliteException">A file cannot be opened, or a statement does not compile.</exception>
    public ReaderPool(StoreOptions options, Func<ReaderPool, SqliteReader> open)
    {
        _options = options;
        _count = options.Readers;
        _idle = new Stack<SqliteReader>(_count);
        try
        {
            for (var i = 0; i < _count; i++)
            {
                _idle.Push(open(this));
            }
        }
        catch
        {
            CloseIdle();
            throw;
        }

        _readers = new SemaphoreSlim(_count);
        _scans = new SemaphoreSlim(Math.Max(1, _count / 2));
    }

    /// <inheritdoc cref="ICatalogStore.Load"/>
    public StoreLoad Load => new(_count, _count - _readers.CurrentCount, Volatile.Read(ref _waiting));

    /// <inheritdoc cref="ICatalogStore.RentAsync"/>
    public async ValueTask<ICatalogReader> RentAsync(ReaderWork work, CancellationToken cancellation)
    {
        var isScan = work == ReaderWork.Scan;
        if (isScan)
        {
            await WaitAsync(_scans, cancellation);
        }

        try
        {
            await WaitAsync(_readers, cancellation);
        }
        catch when (isScan)
        {
            _ = _scans.Release();
            throw;
        }

        return Lend(isScan, cancellation);
    }

    /// <inheritdoc cref="ICatalogStore.IdleReaders"/>
    public int Idle => _readers.CurrentCount;

    /// <inheritdoc cref="ICatalogStore.TryRentIdle"/>
    public ICatalogReader? TryRentIdle(CancellationToken cancellation) =>
        _readers.CurrentCount > 1 && _readers.Wait(0, CancellationToken.None) ? Lend(isScan: false, cancellation) : null;

    private SqliteReader Lend(bool isScan, CancellationToken cancellation)
    {
        SqliteReader reader;
        lock (_idle)
        {
            reader = _idle.Pop();
        }

        reader.Begin(isScan, _options.QueryTime, cancellation);
        return reader;
    }

    /// <summary>Takes a reader back.</summary>
    public void Return(SqliteReader reader)
    {
        lock (_idle)
        {
            _idle.Push(reader);
        }

        _ = _readers.Release();
        if (reader.IsScan)
        {
            _ = _scans.Release();
        }
    }

    private async ValueTask WaitAsync(SemaphoreSlim permits, CancellationToken cancellation)
    {
        if (permits.Wait(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.MostWaiting || !await permits.WaitAsync(_options.WaitTime, cancellation))
            {
                throw new CatalogException(CatalogFault.Busy, "The server has more to do than it can. Try again in a moment.");
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Closes the readers. No request may hold one any more.</summary>
    public void Dispose()
    {
        CloseIdle();
        _readers.Dispose();
        _scans.Dispose();
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out var reader))
        {
            reader.Close();
        }
    }
}
