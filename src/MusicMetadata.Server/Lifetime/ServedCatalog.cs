using MusicMetadata.Catalog;
using MusicMetadata.Search;

namespace MusicMetadata.Server.Lifetime;

/// <summary>
/// The catalog that is served, which can be replaced while requests run: each request keeps the one it began with to its end, and the one
/// that was replaced is closed when its last request is over.
/// </summary>
public sealed class ServedCatalog(OpenCatalog first) : IDisposable
{
    private OpenCatalog _current = first;

    /// <summary>The catalog that a request beginning now would get. Only a rental keeps it from being closed.</summary>
    public OpenCatalog Current => Volatile.Read(ref _current);

    /// <summary>Rents the current catalog for one request.</summary>
    public Rental Rent()
    {
        while (true)
        {
            var current = Current;
            if (current.TryHold())
            {
                return new Rental(current);
            }
        }
    }

    /// <summary>Serves another catalog from now on, and closes the one before when its last request is over.</summary>
    public void Replace(OpenCatalog next) => Interlocked.Exchange(ref _current, next).Release();

    /// <summary>Closes the current catalog when its last request is over.</summary>
    public void Dispose() => _current.Release();

    /// <summary>A catalog that is kept open until disposed.</summary>
    public readonly struct Rental : IDisposable
    {
        internal Rental(OpenCatalog catalog) => Catalog = catalog;

        /// <summary>The catalog.</summary>
        public OpenCatalog Catalog { get; }

        /// <inheritdoc/>
        public void Dispose() => Catalog.Release();
    }
}

/// <summary>A store with the search that belongs to it, and how many hold them; being served counts as one.</summary>
/// <param name="store">The catalog.</param>
/// <param name="search">The search whose keys are this catalog's.</param>
public sealed class OpenCatalog(ICatalogStore store, CatalogSearch search)
{
    private int _holders = 1;

    /// <summary>The catalog.</summary>
    public ICatalogStore Store { get; } = store;

    /// <summary>The search whose keys are this catalog's.</summary>
    public CatalogSearch Search { get; } = search;

    /// <summary>Counts one holder more; false when it is closed already.</summary>
    internal bool TryHold()
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders)
            {
                return true;
            }

            holders = before;
        }

        return false;
    }

    /// <summary>Counts one holder fewer, and closes when it was the last: on another thread, for a request may be the last.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _ = Task.Run(Close);
        }
    }

    private void Close()
    {
        Search.Dispose();
        Store.Dispose();

        // What it kept of answers is old by now, and a server that allocates little might not look at its oldest objects for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }
}
