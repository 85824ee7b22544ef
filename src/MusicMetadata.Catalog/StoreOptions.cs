namespace MusicMetadata.Catalog;

/// <summary>How a catalog is opened and shared. The defaults of every option of a store stand here.</summary>
public sealed record StoreOptions
{
    /// <summary>The highest number of <see cref="Readers"/>: each is a thread that may wait for storage.</summary>
    public const int MaxReaders = 1024;

    /// <summary>
    /// Path of <c>main_database.sqlite3</c>, beside which <c>track_files.sqlite3</c> is looked for, or of a compact catalog.
    /// </summary>
    public required string Database { get; init; }

    /// <summary>
    /// What the operator calls the catalog, for servers whose copies of it do not have the same times; null for what the files themselves
    /// tell.
    /// </summary>
    public CatalogIdentity? CatalogId { get; init; }

    /// <summary>
    /// How many requests read at once. Twice the cores, and four at least: more readers than cores keep slow storage busy, but
    /// each keeps its own page cache and page tables.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to <see cref="MaxReaders"/>.</exception>
    public int Readers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxReaders);
            field = value;
        }
    }
    = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>
    /// Bytes of page cache per reader and file, used for what lies outside the memory map. Four readers that search for 32
    /// clients in a catalog larger than the map: the whole process has 62 MB of its own. Twice this cost 17 MB more.
    /// </summary>
    public long CacheSize { get; init; } = 2L << 20;

    /// <summary>
    /// Bytes of each file that every reader maps into memory; 2 GiB is the most that a stock SQLite allows. A map of a whole 117 GB file
    /// would cost each reader up to 230 MB of page tables that the kernel cannot take back, too much for a board with 4 GB.
    /// </summary>
    public long MmapSize { get; init; } = 2L << 30;

    /// <summary>How many requests may wait for readers at once.</summary>
    public int MaxWaiting { get; init; } = 2_000;
}
