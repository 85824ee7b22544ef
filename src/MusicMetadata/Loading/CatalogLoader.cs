using MusicMetadata.Catalog;
using MusicMetadata.Commands;
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
        var store = SqliteCatalog.Open(options);
        return new OpenCatalog(store, new CatalogSearch(search, store.MainIdentity));
    }

    /// <summary>Opens the catalog that takes the place of another one.</summary>
    /// <exception cref="OperatorException">It cannot be served, or must not be in the place of that one.</exception>
    public OpenCatalog OpenInPlaceOf(OpenCatalog served)
    {
        var next = SqliteCatalog.Open(options);
        if (FindProblem((SqliteCatalog)served.Store, next) is { } problem)
        {
            next.Dispose();
            throw new OperatorException(problem);
        }

        var catalog = new OpenCatalog(next, new CatalogSearch(search, next.MainIdentity));
        if (_log is { } log)
        {
            Describe(catalog, log);
            catalog.Search.Start(log);
        }

        return catalog;
    }

    /// <summary>
    /// Opens a catalog to read all of it once, for its search index: a single reader, and no memory map, whose pages would count as memory of the
    /// process and which expects random reads.
    /// </summary>
    /// <param name="database">Path of the main database.</param>
    /// <param name="catalogId">What the operator calls the catalog; null for what the files themselves tell.</param>
    /// <exception cref="OperatorException">It cannot be read.</exception>
    public static IndexSource OpenToIndex(string database, CatalogIdentity? catalogId)
    {
        var store = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 1, CacheSize = 4 << 20, MmapSize = 0 });
        return new IndexSource(store, database, catalogId ?? store.MainIdentity, ContentIdentity: store.MainIdentity);
    }

    /// <summary>Logs what is served, opens its search index, and says what whoever runs the program should know.</summary>
    public void Begin(OpenCatalog catalog, ILogger log)
    {
        _log = log;
        if (((SqliteCatalog)catalog.Store).FindPairProblem() is { } problem)
        {
            ServeLog.Warning(log, problem);
        }

        Describe(catalog, log);
        catalog.Search.Start(log);
    }

    /// <summary>The identity of the files that a catalog was opened from, whatever id the operator gave it: by it changes are noticed.</summary>
    public static CatalogIdentity FilesIdentityOf(OpenCatalog catalog) => ((SqliteCatalog)catalog.Store).FilesIdentity;

    /// <summary>The same of what lies at the source now; null while there is nothing whole, as between deleting and renaming.</summary>
    public CatalogIdentity? FindFilesIdentity()
    {
        try
        {
            return CatalogFiles.Find(options.Database).Identity();
        }
        catch (Exception e) when (e is OperatorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// What is wrong with a catalog that opened well. Two files cannot be renamed at once: one of each catalog may be there, and even stay there
    /// when whoever renames them is interrupted.
    /// </summary>
    private string? FindProblem(SqliteCatalog served, SqliteCatalog next) => served.HasTrackFiles && !next.HasTrackFiles
        ? $"{CatalogSchema.TrackFilesFileName} is no longer beside {options.Database}. Put it there and reload, or start the server again to serve without it."
        : options.CatalogId is not null && next.FilesIdentity != served.FilesIdentity
        ? $"{options.Database} or the file beside it has changed, and clients take what -catalog-id {options.CatalogId} names for unchanged. Start the server again with an id of its own for what is there now."
        : next.FindPairProblem() ?? next.CheckHealth().Problem;

    /// <summary>Logs what was opened. Files that went bad since then are for the health check to tell about.</summary>
    private void Describe(OpenCatalog catalog, ILogger log)
    {
        var store = (SqliteCatalog)catalog.Store;
        foreach (var warning in store.Warnings)
        {
            ServeLog.Warning(log, warning);
        }

        try
        {
            var (files, pragmas) = store.Describe();
            ServeLog.Files(log, store.Identity, files);
            ServeLog.Readers(log, options.Readers, pragmas);
        }
        catch (Exception e) when (e is CatalogException or IOException or UnauthorizedAccessException)
        {
            ServeLog.Warning(log, CatalogException.DetailOf(e));
        }
    }
}
