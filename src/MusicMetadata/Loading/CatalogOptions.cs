using MusicMetadata.Catalog;
using MusicMetadata.Search;

namespace MusicMetadata.Loading;

/// <summary>The catalog to serve: its store, its search, and how often a new one is checked for.</summary>
/// <param name="Store">Where the files are, and how they are read.</param>
/// <param name="Search">Where their search index is.</param>
/// <param name="ReloadInterval">How often to check whether another catalog has replaced the one that is served; zero for never.</param>
internal sealed record CatalogOptions(StoreOptions Store, SearchOptions Search, TimeSpan ReloadInterval)
{
    /// <summary>Readers that hold a thread while they wait: all of those that read files, and none of those that ask a server.</summary>
    public int BlockingReaders => CatalogLoader.IsOnServer(Store.Database) ? 0 : Store.Readers;

    /// <summary>
    /// Descriptors that files take at most: each reader has both databases and the index open, a reload opens them all once more, and the
    /// process and its checks need some.
    /// </summary>
    public int MaxDescriptors => (2 * ((3 * Store.Readers) + 4)) + 64;
}
