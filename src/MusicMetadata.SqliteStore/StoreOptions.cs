using MusicMetadata.Catalog;

namespace MusicMetadata.SqliteStore;

/// <summary>How the two files are opened and shared. The defaults of every option of the store stand here.</summary>
public sealed record StoreOptions
{
    /// <summary>Path of <c>main_database.sqlite3</c>; <c>track_files.sqlite3</c> is looked for beside it.</summary>
    public required string Database { get; init; }

    /// <summary>Value of <see cref="Index"/> that switches it off.</summary>
    public const string NoIndex = "off";

    /// <summary>Path of the search index; empty for the one beside the database, <see cref="NoIndex"/> for none.</summary>
    public string Index { get; init; } = "";

    /// <summary>
    /// What the operator calls the catalog, for servers whose copies of it do not have the same times; empty for what the files themselves tell.
    /// </summary>
    public string CatalogId { get; init; } = "";

    /// <summary>
    /// How many requests read at once. Twice the cores, and four at least: more readers than cores keep slow storage busy, but
    /// each keeps its own page cache and page tables.
    /// </summary>
    public int Readers { get; init; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>
    /// Bytes of page cache per reader and file, used for what lies outside the memory map. Four readers that search for 32
    /// clients in a catalog larger than the map: the whole process has 62 MB of its own. Twice this cost 17 MB more.
    /// </summary>
    public long CacheSize { get; init; } = 2L << 20;

    /// <summary>
    /// Bytes of each file that every reader maps into memory; 2 GiB is the most that a stock SQLite allows. A map of a whole 117 GB file would
    /// cost each reader up to 230 MB of page tables that the kernel cannot take back, too much for a board with 4 GB.
    /// </summary>
    public long MmapSize { get; init; } = 2L << 30;

    /// <summary>How many requests may wait for readers at once.</summary>
    public int MaxWaiting { get; init; } = 2_000;

    /// <summary>
    /// Descriptors that files take at most: each reader has both databases and the index open, a reload opens them all once more, and the process
    /// and its checks need some.
    /// </summary>
    public int MostDescriptors => (2 * ((3 * Readers) + 4)) + 64;

    /// <summary>How often to look whether other files stand at <see cref="Database"/>; zero for never.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>Finds what no store can be opened with.</summary>
    /// <exception cref="OperatorException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Readers is < 1 or > 1024)
        {
            throw new OperatorException($"-readers is {Readers}: give 1 to 1024.");
        }

        if (!CatalogIdentity.CanBeGiven(CatalogId))
        {
            throw new OperatorException($"-catalog-id is '{CatalogId}': give up to {CatalogIdentity.MaxLength} visible ASCII characters.");
        }

        if (CacheSize < 0)
        {
            throw new OperatorException($"-cache-size is {CacheSize}: give bytes, 0 or more.");
        }

        if (Watch < TimeSpan.Zero || Watch > TimeSpan.FromDays(1))
        {
            throw new OperatorException($"-watch is {Watch.TotalSeconds}: give seconds up to a day, or 0 not to look.");
        }

        if (MmapSize < 0)
        {
            throw new OperatorException($"-mmap-size is {MmapSize}: give bytes, 0 for no memory map.");
        }
    }
}
