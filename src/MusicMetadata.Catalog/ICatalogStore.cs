namespace MusicMetadata.Catalog;

/// <summary>A catalog that can be read by several requests at once. What the HTTP side needs from a store is this and <see cref="ICatalogReader"/>.</summary>
public interface ICatalogStore : IDisposable
{
    /// <summary>
    /// Changes whenever the catalog does, and is the same for every server of the same catalog: the part of an entity tag that stands for the
    /// data.
    /// </summary>
    CatalogIdentity Identity { get; }

    /// <summary>
    /// Waits for a reader and lends it until it is disposed. A request borrows one at a time, so that no request holding a reader ever waits
    /// for another.
    /// </summary>
    /// <param name="work">What for.</param>
    /// <param name="cancellation">The client has gone: ends the wait, and stops the reader.</param>
    /// <exception cref="CatalogException"><see cref="CatalogFault.Busy"/>.</exception>
    /// <exception cref="OperationCanceledException">The client went while its request waited.</exception>
    ValueTask<ICatalogReader> RentAsync(ReaderWork work, CancellationToken cancellation);

    /// <summary>How many readers nobody uses at the moment.</summary>
    int IdleReaders { get; }

    /// <summary>
    /// Lends a reader for work that another one is doing already and that goes faster with two; null when fewer than two are idle, so that
    /// one is left for whoever comes next.
    /// </summary>
    ICatalogReader? TryRentIdle(CancellationToken cancellation);

    /// <summary>
    /// Reads a little of the storage, past every cache of the store's own, without borrowing a reader, so that it answers while all of them are
    /// busy. Never throws for what is wrong with the storage.
    /// </summary>
    CatalogHealth CheckHealth();

    /// <summary>How busy the readers are at this moment.</summary>
    StoreLoad Load { get; }
}

/// <summary>What a reader is borrowed for.</summary>
public enum ReaderWork
{
    /// <summary>Finding and writing what has a known id, code or rowid: over in a moment.</summary>
    Lookup,

    /// <summary>Walking over names: may take its full time. Only some of the readers do this at once, so that lookups go on.</summary>
    Scan,
}

/// <summary>How busy a store's readers are.</summary>
/// <param name="Readers">How many there are.</param>
/// <param name="InUse">How many requests hold one.</param>
/// <param name="Waiting">How many requests wait for one.</param>
public readonly record struct StoreLoad(int Readers, int InUse, int Waiting);
