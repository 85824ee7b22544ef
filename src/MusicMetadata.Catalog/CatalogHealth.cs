namespace MusicMetadata.Catalog;

/// <summary>What <see cref="ICatalogStore.CheckHealth"/> found.</summary>
/// <param name="IsReadable">The storage that is served can be read.</param>
/// <param name="IsCurrent">It is also what stands where it was opened: nothing has been replaced, changed or taken away since.</param>
/// <param name="Problem">What is wrong, for the log; null when nothing is.</param>
public sealed record CatalogHealth(bool IsReadable, bool IsCurrent, string? Problem)
{
    /// <summary>Nothing is wrong.</summary>
    public static CatalogHealth Good { get; } = new(true, true, null);

    /// <summary>Readable, and what it was when it was opened.</summary>
    public bool IsReady => IsReadable && IsCurrent;
}
