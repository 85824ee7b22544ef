namespace MusicMetadata.Catalog;

/// <summary>
/// Until when work is worth doing: until its time is up or whoever asked has gone. One value goes from the request through search and store
/// to the statement that runs. Measured by a monotonic clock; setting the system's clock changes nothing.
/// </summary>
public readonly struct Deadline
{
    private readonly long _expiresAt;

    private Deadline(long expiresAt, CancellationToken cancellation)
    {
        _expiresAt = expiresAt;
        Cancellation = cancellation;
    }

    /// <summary>No limit of time; for work that only its user ends.</summary>
    public static Deadline Never(CancellationToken cancellation = default) => new(long.MaxValue, cancellation);

    /// <summary>A time from now.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="cancellation">Cancelled when nobody waits any more.</param>
    public static Deadline After(TimeSpan limit, CancellationToken cancellation) =>
        From(Environment.TickCount64, limit, cancellation);

    /// <summary>A time from a moment that has passed.</summary>
    /// <param name="start">The moment, by <see cref="Environment.TickCount64"/>.</param>
    /// <param name="limit">How long after it.</param>
    /// <param name="cancellation">Cancelled when nobody waits any more.</param>
    public static Deadline From(long start, TimeSpan limit, CancellationToken cancellation) =>
        new(start + (long)limit.TotalMilliseconds, cancellation);

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>By <see cref="Environment.TickCount64"/>; <see cref="long.MaxValue"/> for no limit.</summary>
    public long ExpiresAt => _expiresAt;

    /// <summary>The time that is left, not below zero; infinite without a limit.</summary>
    public TimeSpan Remaining => _expiresAt == long.MaxValue
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(Math.Max(0, _expiresAt - Environment.TickCount64));

    /// <summary>Ends work that is no longer worth doing.</summary>
    /// <exception cref="CatalogException"><see cref="CatalogFault.TookTooLong"/>.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public void ThrowIfOver()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 > _expiresAt)
        {
            throw CatalogException.TookTooLong();
        }
    }
}
