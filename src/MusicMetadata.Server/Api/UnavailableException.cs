namespace MusicMetadata.Server.Api;

/// <summary>Something cannot be answered as long as this catalog is served as it is. Answered with 503, and not logged.</summary>
/// <param name="message">A sentence for clients.</param>
internal sealed class UnavailableException(string message) : Exception(message)
{
    /// <summary>There is no search index that fits the catalog, which the log said at start.</summary>
    /// <param name="what">What needs it, in the plural.</param>
    public static UnavailableException NoIndex(string what) =>
        new($"{what} need the search index, and there is none that fits the catalog; metadata-api index builds it.");
}
