namespace MusicMetadata.Catalog;

/// <summary>
/// The catalog that is served, which can be replaced while requests run: each request keeps the one it began with to its end, and the one
/// that was replaced is closed when its last request is over.
/// </summary>
internal sealed class ServedCatalog(ICatalogStore first) : IDisposable
{
    private Generation _current = new(first);

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

    /// <summary>Serves another catalog from now on, and closes the one before when its last request is over.</summary>
    public void Replace(ICatalogStore next) => Interlocked.Exchange(ref _current, new Generation(next)).Return();

    /// <summary>Closes the current catalog when its last request is over.</summary>
    public void Dispose() => _current.Return();

    /// <summary>A catalog on loan until disposed.</summary>
    internal readonly struct Lease : IDisposable
    {
        private readonly Generation _generation;

        internal Lease(Generation generation) => _generation = generation;

        /// <summary>The catalog.</summary>
        public ICatalogStore Store => _generation.Store;

        /// <inheritdoc/>
        public void Dispose() => _generation.Return();
    }

    /// <summary>A store and how many hold it; being served counts as one.</summary>
    internal sealed class Generation(ICatalogStore store)
    {
        private int _holders = 1;

        public ICatalogStore Store { get; } = store;

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

        public void Return()
        {
            if (Interlocked.Decrement(ref _holders) == 0)
            {
                Store.Dispose();

                // What it kept of answers is old by now, and a server that allocates little might not look at its oldest objects for hours.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            }
        }
    }
}
