namespace MusicMetadata.Catalog;

/// <summary>A catalog that can be read by several requests at once: what search, surfaces and imports know of any store.</summary>
public interface ICatalogStore : IDisposable
{
    /// <summary>
    /// Changes whenever the catalog does, and is the same for every server of the same catalog: the part of an entity tag that stands for
    /// the data.
    /// </summary>
    CatalogIdentity Identity { get; }

    /// <summary>What a search index must belong to: changes when names, their order or keys do, unless an id was given.</summary>
    CatalogIdentity IndexIdentity { get; }

    /// <summary>The identity of what was opened, whatever id was given: by it changes are noticed.</summary>
    CatalogIdentity SourceIdentity { get; }

    /// <summary>
    /// What whoever runs the program should know about the catalog: each a sentence with the consequence and the remedy.
    /// </summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// How many keys a batch best asks for at once. Few for a local store, where others wait for the reader meanwhile; many for one that
    /// each question makes a journey to.
    /// </summary>
    int BatchSize { get; }

    /// <summary>
    /// Waits for a reader; null when all readers stayed busy until the deadline, or too many requests wait already. A request rents one at
    /// a time and returns it by disposing of it, so that no request holding a reader ever waits for another.
    /// </summary>
    /// <param name="purpose">What for.</param>
    /// <param name="deadline">Ends the wait, and then what the reader does.</param>
    /// <exception cref="OperationCanceledException">The client went while its request waited.</exception>
    ValueTask<ICatalogReader?> TryRentReaderAsync(ReaderPurpose purpose, Deadline deadline);

    /// <summary>
    /// Rents a reader for work that another one is doing already and that goes faster with two; null when fewer than two are idle, so that
    /// one is left for whoever comes next.
    /// </summary>
    ICatalogReader? TryRentIdleReader(Deadline deadline);

    /// <summary>
    /// Reads a little of the storage, past every cache of the store's own, without renting a reader, so that it answers while all of them
    /// are busy. Never throws for what is wrong with the storage.
    /// </summary>
    CatalogHealth CheckHealth();

    /// <summary>How busy the readers are at this moment.</summary>
    StoreLoad Load { get; }

    /// <summary>What is wrong with a catalog that opened well, such as files that do not belong together; null when nothing is.</summary>
    string? FindProblem();

    /// <summary>Why it must not be served in the place of another one that is served; null when it may.</summary>
    string? FindProblemInPlaceOf(ICatalogStore served);

    /// <summary>What the log tells about the catalog when it is opened: where it is, and how it is read.</summary>
    /// <exception cref="CatalogException">It cannot be read.</exception>
    (string Place, string Reading) Describe();
}

/// <summary>What is the same for every store.</summary>
public static class CatalogStoreExtensions
{
    /// <summary>
    /// Waits for a reader, for callers that cannot answer for an overload themselves: the exception costs as much as a lookup.
    /// </summary>
    /// <inheritdoc cref="ICatalogStore.TryRentReaderAsync" path="/param"/>
    /// <exception cref="CatalogException"><see cref="CatalogFault.Busy"/>.</exception>
    /// <exception cref="OperationCanceledException">The client went while its request waited.</exception>
    public static async ValueTask<ICatalogReader> RentReaderAsync(this ICatalogStore store, ReaderPurpose purpose, Deadline deadline) =>
        await store.TryRentReaderAsync(purpose, deadline) ?? throw CatalogException.Busy();
}

/// <summary>What a reader is rented for.</summary>
public enum ReaderPurpose
{
    /// <summary>Finding and reading what has a known id, code or key: over in a moment.</summary>
    Lookup,

    /// <summary>Walking over names: may take its full time. Only some of the readers do this at once, so that lookups go on.</summary>
    Scan,
}

/// <summary>How busy a store's readers are.</summary>
/// <param name="Readers">How many there are.</param>
/// <param name="InUse">How many requests hold one.</param>
/// <param name="Waiting">How many requests wait for one.</param>
public readonly record struct StoreLoad(int Readers, int InUse, int Waiting)
{
    /// <summary>How many nobody uses.</summary>
    public int Idle => Readers - InUse;
}
