namespace MusicMetadata.Catalog;

/// <summary>A fixed set of readers, rented by one request each.</summary>
/// <remarks>
/// SQLite works synchronously, so the number of readers is also the bound on threads that can be stuck waiting for slow storage.
/// </remarks>
/// <typeparam name="TReader">The store's own kind of reader.</typeparam>
public sealed class ReaderPool<TReader> : IDisposable
    where TReader : class, IPooledReader
{
    private readonly Stack<TReader> _idle;
    private readonly SemaphoreSlim _readers;
    private readonly SemaphoreSlim _scans;
    private readonly int _count;
    private readonly int _maxWaiting;
    private int _waiting;

    /// <summary>Opens all readers.</summary>
    /// <exception cref="CatalogException">A reader cannot be opened.</exception>
    public ReaderPool(StoreOptions options, Func<ReaderPool<TReader>, TReader> open)
    {
        _count = options.Readers;
        _maxWaiting = options.MaxWaiting;
        _idle = new Stack<TReader>(_count);
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

    /// <inheritdoc cref="ICatalogStore.TryRentReaderAsync"/>
    public ValueTask<ICatalogReader?> TryRentAsync(ReaderPurpose purpose, Deadline deadline) =>
        purpose == ReaderPurpose.Lookup && _readers.Wait(0, CancellationToken.None)
            ? new ValueTask<ICatalogReader?>(Take(purpose, deadline))
            : WaitAsync(purpose, deadline);

    /// <inheritdoc cref="ICatalogStore.TryRentIdleReader"/>
    public ICatalogReader? TryRentIdle(Deadline deadline) =>
        _readers.CurrentCount > 1 && _readers.Wait(0, CancellationToken.None) ? Take(ReaderPurpose.Lookup, deadline) : null;

    /// <summary>Takes a reader back.</summary>
    public void Return(TReader reader)
    {
        lock (_idle)
        {
            _idle.Push(reader);
        }

        _ = _readers.Release();
        if (reader.Purpose == ReaderPurpose.Scan)
        {
            _ = _scans.Release();
        }
    }

    private async ValueTask<ICatalogReader?> WaitAsync(ReaderPurpose purpose, Deadline deadline)
    {
        if (purpose == ReaderPurpose.Scan && !await TryWaitAsync(_scans, deadline))
        {
            return null;
        }

        var isGranted = false;
        try
        {
            isGranted = await TryWaitAsync(_readers, deadline);
        }
        finally
        {
            if (!isGranted && purpose == ReaderPurpose.Scan)
            {
                _ = _scans.Release();
            }
        }

        return isGranted ? Take(purpose, deadline) : null;
    }

    private async ValueTask<bool> TryWaitAsync(SemaphoreSlim permits, Deadline deadline)
    {
        if (permits.Wait(0, CancellationToken.None))
        {
            return true;
        }

        try
        {
            return Interlocked.Increment(ref _waiting) <= _maxWaiting && await permits.WaitAsync(deadline.Remaining, deadline.Cancellation);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _waiting);
        }
    }

    private TReader Take(ReaderPurpose purpose, Deadline deadline)
    {
        TReader reader;
        lock (_idle)
        {
            reader = _idle.Pop();
        }

        reader.Begin(purpose, deadline);
        return reader;
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

/// <summary>A reader that lives in a pool and returns there when it is disposed of.</summary>
public interface IPooledReader : ICatalogReader
{
    /// <summary>What it is rented for; the pool counts scans.</summary>
    ReaderPurpose Purpose { get; }

    /// <summary>Begins a rental: from now on statements stop when the deadline is over.</summary>
    void Begin(ReaderPurpose purpose, Deadline deadline);

    /// <summary>Closes what it has open, for good.</summary>
    void Close();
}
