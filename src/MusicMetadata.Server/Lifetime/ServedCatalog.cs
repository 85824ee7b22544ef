using MusicMetadata.Catalog;




namespace MusicMetadata.Server.Lifetime;

/// <summary>
/// The catalog that is served, which can be replaced while requests run: each request keeps the one it began with to its end, and the one
/// that was replaced is closed when its last request is over.
/// </summary>
public sealed class ServedCatalog(ICatalogStore store, INameSearch search) : IDisposable
{
    private Generation _current = new(store, search);

    /// <summary>The catalog that a request beginning now would get. Only a lease keeps it from being closed.</summary>
    public ICatalogStore Current => Volatile.Read(ref _current).Store;

    /// <summary>Borrows the current catalog for one request.</summary>
    public Lease Borrow()
    {
        while (true)
        {
            var current = Volatile.Read(ref _current);
            if (current.TryBorrow())
            {
                return new Lease(current);
            }
        }
    }

    /// <summary>Serves another catalog from now on, with the search that belongs to it, and closes the one before when its last request is over.</summary>
    public void Replace(ICatalogStore next, INameSearch nextSearch) => Interlocked.Exchange(ref _current, new Generation(next, nextSearch)).Return();

    /// <summary>Closes the current catalog when its last request is over.</summary>
    public void Dispose() => _current.Return();

    /// <summary>A catalog on loan until disposed.</summary>
    public readonly struct Lease : IDisposable
    {
        internal Lease(Generation generation) => Generation = generation;

        /// <summary>The catalog and its search.</summary>
        public Generation Generation { get; }

        /// <inheritdoc/>
        public void Dispose() => Generation.Return();
    }

    /// <summary>A store, its search, and how many hold them; being served counts as one.</summary>
    public sealed class Generation(ICatalogStore store, INameSearch search)
    {
        private int _holders = 1;

        /// <summary>The catalog.</summary>
        public ICatalogStore Store { get; } = store;

        /// <summary>The search whose rowids are this catalog's.</summary>
        public INameSearch Search { get; } = search;

        /// <summary>Counts one holder more; false when it is closed already.</summary>
        public bool TryBorrow()
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

        /// <summary>Counts one holder fewer, and closes when it was the last.</summary>
        public void Return()
        {
            if (Interlocked.Decrement(ref _holders) == 0)
            {
                Search.Dispose();
                Store.Dispose();

                // What it kept of answers is old by now, and a server that allocates little might not look at its oldest objects for hours.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            }
        }
    }
}
