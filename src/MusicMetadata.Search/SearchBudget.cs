using MusicMetadata.Catalog;





namespace MusicMetadata.Search;

/// <summary>How long one search may go on.</summary>
/// <param name="limit">The longest it may take from now.</param>
/// <param name="cancellation">The client has gone.</param>
internal readonly struct SearchBudget(TimeSpan limit, CancellationToken cancellation)
{
    private readonly long _deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;

    /// <summary>Throws when the search must end.</summary>
    /// <exception cref="CatalogException"><see cref="CatalogFault.TookTooLong"/>.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public void Check()
    {
        cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 > _deadline)
        {
            throw new CatalogException(CatalogFault.TookTooLong, "The query took too long.");
        }
    }
}
