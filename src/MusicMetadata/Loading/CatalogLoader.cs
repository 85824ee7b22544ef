using MusicMetadata.Catalog;
using MusicMetadata.Commands;
using MusicMetadata.Compact;
using MusicMetadata.Compact.Building;
using MusicMetadata.Postgres;
using MusicMetadata.Search;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Loading;

/// <summary>
/// Opens, checks and describes the catalog that the options name, at start and at every reload alike. The one place that knows which stores
/// there are.
/// </summary>
/// <param name="options">Where the catalog is and how it is read.</param>
/// <param name="search">Where its search index is.</param>
internal sealed class CatalogLoader(StoreOptions options, SearchOptions search)
{
    private ILogger? _log;

    /// <summary>What the catalog is called in messages.</summary>
    public string Source => options.Database;

    /// <summary>Opens the catalog for a server that begins. What is odd about it is logged by <see cref="Begin"/>.</summary>
    /// <exception cref="OperatorException">It cannot be served.</exception>
    public OpenCatalog Open()
    {
        var store = Find(options.Database).Open(options);
        return new OpenCatalog(store, new CatalogSearch(search, store.IndexIdentity));
    }

    /// <summary>Opens the catalog that replaces another one.</summary>
    /// <exception cref="OperatorException">It cannot be served, or must not replace that one.</exception>
    public OpenCatalog OpenReplacementOf(OpenCatalog served)
    {
        var next = Find(options.Database).Open(options);
        if (FindProblem(served.Store, next) is { } problem)
        {
            next.Dispose();
            throw new OperatorException(problem);
        }

        var catalog = new OpenCatalog(next, new CatalogSearch(search, next.IndexIdentity));
        if (_log is { } log)
        {
            Describe(catalog, log);
            catalog.Search.Start(log);
        }

        return catalog;
    }

    /// <summary>Whether a catalog is in a database on a server, and not in files of this machine.</summary>
    public static bool IsOnServer(string database) => PostgresAddress.IsAddress(database);

    /// <summary>Finds a catalog of whichever store.</summary>
    /// <param name="database">Path of a main database or of a compact catalog, or the address of a database on a server.</param>
    /// <exception cref="OperatorException">Files are missing or may not be read, or the address is none.</exception>
    public static ICatalogSource Find(string database)
    {
        if (!IsOnServer(database))
        {
            return FindFiles(database);
        }

        return PostgresSupport.IsThere ? new PostgresSource(PostgresAddress.Parse(database)) : throw PostgresSupport.Missing();
    }

    /// <summary>Finds the files of a catalog, of whichever store they are.</summary>
    /// <param name="database">Path of a main database or of a compact catalog; which of the two, the file says itself.</param>
    /// <exception cref="OperatorException">They are missing or may not be read, or there are none.</exception>
    public static ICatalogFiles FindFiles(string database)
    {
        if (IsOnServer(database))
        {
            throw new OperatorException(
                $"{database} is a database on a server and this command is for files. PostgreSQL has its own: pg_basebackup, pg_dump.");
        }

        try
        {
            return File.Exists(database) && CompactFiles.IsCompact(database) ? new CompactFiles(database) : CatalogFiles.Find(database);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who may not even look at the header is told why by name.
            return CatalogFiles.Find(database);
        }
    }

    /// <summary>
    /// Opens a catalog to read all of it once, for its search index.
    /// </summary>
    /// <param name="database">Path of the main database.</param>
    /// <param name="catalogId">What the operator calls the catalog; null for what the files themselves tell.</param>
    /// <exception cref="OperatorException">It cannot be read.</exception>
    public static IndexSource OpenToIndex(string database, CatalogIdentity? catalogId)
    {
        var store = OpenToReadAll(database);
        return new IndexSource(store, database, catalogId ?? store.IndexIdentity, ContentIdentity: store.IndexIdentity);
    }

    /// <summary>Opens a catalog to read all of it once, for a compact one.</summary>
    /// <inheritdoc cref="OpenToIndex" path="/exception"/>
    public static CompactSource OpenToCompact(string database)
    {
        var store = OpenToReadAll(database);
        return new CompactSource(store, database, store.SourceIdentity, CatalogSchema.Unread);
    }

    /// <summary>Opens a catalog to read all of it once, to load it into a database.</summary>
    /// <inheritdoc cref="OpenToIndex" path="/exception"/>
    public static ICatalogStore OpenToLoad(string database) => OpenToReadAll(database);

    /// <summary>
    /// A single reader and no memory map, whose pages would count as memory of the process and which expects random reads.
    /// </summary>
    private static ICatalogStore OpenToReadAll(string database) =>
        Find(database).Open(new StoreOptions { Database = database, Readers = 1, CacheSize = 4 << 20, MmapSize = 0 });

    /// <summary>Logs what is served, opens its search index, and says what whoever runs the program should know.</summary>
    public void Begin(OpenCatalog catalog, ILogger log)
    {
        _log = log;
        if (catalog.Store.FindProblem() is { } problem)
        {
            ServeLog.Warning(log, problem);
        }

        Describe(catalog, log);
        catalog.Search.Start(log);
    }

    /// <summary>
    /// The identity of what lies at the source now, whatever id the operator gave it; null while there is nothing whole, as between
    /// deleting and renaming.
    /// </summary>
    public CatalogIdentity? FindIdentity()
    {
        try
        {
            return Find(options.Database).Identity();
        }
        catch (Exception e) when (e is OperatorException or CatalogException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a catalog that opened well, or with serving it after the one that is served.</summary>
    private string? FindProblem(ICatalogStore served, ICatalogStore next) => next.FindProblemInPlaceOf(served)
        ?? (options.CatalogId is not null && next.SourceIdentity != served.SourceIdentity
            ? $"{options.Database} or the file beside it has changed, and clients take what -catalog-id {options.CatalogId} names "
                + "for unchanged. Start the server again with an id of its own for what is there now."
            : next.CheckHealth().Problem);

    /// <summary>Logs what was opened. Files that went bad since then are for the health check to tell about.</summary>
    private static void Describe(OpenCatalog catalog, ILogger log)
    {
        var store = catalog.Store;
        foreach (var warning in store.Warnings)
        {
            ServeLog.Warning(log, warning);
        }

        try
        {
            var (place, reading) = store.Describe();
            ServeLog.Place(log, store.Identity, place);
            ServeLog.Readers(log, store.Load.Readers, reading);
        }
        catch (Exception e) when (e is CatalogException or IOException or UnauthorizedAccessException)
        {
            ServeLog.Warning(log, CatalogException.DetailOf(e));
        }
    }
}
