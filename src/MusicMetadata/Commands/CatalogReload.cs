using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Commands;

/// <summary>
/// Replaces the served catalog when told to (SIGHUP), or when other files stand at its path (<c>-watch</c>). New files are opened and
/// checked aside first; should anything be wrong with them, the old ones are served on.
/// </summary>
/// <param name="options">How to open the new files.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of, and a signal may come until the process ends.")]
internal sealed partial class CatalogReload(StoreOptions options)
{
    private static readonly Counter<long> Reloads = CatalogMetrics.Meter.CreateCounter<long>("metadata_api.reloads", "{reload}", "Reloads of the catalog, by how they ended.");

    private readonly SemaphoreSlim _asked = new(0);
    private CatalogIdentity? _seen;
    private string? _logged;

    /// <summary>Shows both counters from the beginning; see <see cref="CatalogMetrics.BeginAtZero"/>.</summary>
    public static void BeginAtZero()
    {
        Reloads.Add(0, new KeyValuePair<string, object?>("result", "ok"));
        Reloads.Add(0, new KeyValuePair<string, object?>("result", "failed"));
    }

    /// <summary>Notes each SIGHUP for <see cref="RunAsync"/> until disposed; null where there is no such signal.</summary>
    public IDisposable? ReloadOnSignal() => OperatingSystem.IsWindows()
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _ = _asked.Release();
        });

    /// <summary>Does the reloads, and looks for new files if asked to, until cancelled.</summary>
    /// <param name="catalog">What is served.</param>
    /// <param name="served">The store in it.</param>
    /// <param name="log">Where a line tells how each reload went.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(ServedCatalog catalog, SqliteCatalog served, ILogger log, CancellationToken cancellation)
    {
        var interval = options.Watch > TimeSpan.Zero ? options.Watch : Timeout.InfiniteTimeSpan;
        try
        {
            while (true)
            {
                var isAsked = await _asked.WaitAsync(interval, cancellation);

                // Ten signals while one reload runs mean one more reload.
                while (_asked.Wait(0, CancellationToken.None))
                {
                }

                // Opening reads: not on a thread that requests wait for. And not waited for when the server ends: it may never come back.
                var before = served;
                served = await Task.Run(() => Look(catalog, before, isAsked, log), CancellationToken.None).WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    /// <summary>Reloads if asked to, or if there are new files; returns what is served then.</summary>
    private SqliteCatalog Look(ServedCatalog catalog, SqliteCatalog served, bool isAsked, ILogger log)
    {
        try
        {
            return isAsked || HaveNewFilesSettled(served) ? Reload(catalog, served, log) : served;
        }
        catch (Exception e)
        {
            // Whatever it is, the old catalog is served on, and the next signal or look must find somebody listening.
            Reloads.Add(1, new KeyValuePair<string, object?>("result", "failed"));
            var isForeseen = e is OperatorException or CatalogException or IOException or UnauthorizedAccessException;
            var problem = CatalogException.DetailOf(e);
            if (isAsked || problem != _logged)
            {
                _logged = problem;
                LogRejected(log, isForeseen ? null : e, problem);
            }

            return served;
        }
    }

    private SqliteCatalog Reload(ServedCatalog catalog, SqliteCatalog served, ILogger log)
    {
        var next = SqliteCatalog.Open(options);
        if (WhyNot(served, next) is { } problem)
        {
            next.Dispose();
            throw new OperatorException(problem);
        }

        foreach (var warning in next.Warnings)
        {
            ServeLog.Warning(log, warning);
        }

        ServeLog.Describe(log, next, options.Readers);
        var search = new IndexedSearch(options, next.MainIdentity);
        search.Start(log);
        catalog.Replace(next, search);
        _logged = null;
        Reloads.Add(1, new KeyValuePair<string, object?>("result", "ok"));
        LogReloaded(log, options.Database, served.Identity, next.Identity);
        return next;
    }

    /// <summary>
    /// What is wrong with a catalog that opened well. Two files cannot be renamed at once: one of each catalog may be there, and even stay there
    /// when whoever renames them is interrupted.
    /// </summary>
    private string? WhyNot(SqliteCatalog served, SqliteCatalog next) => served.HasTrackFiles && !next.HasTrackFiles
        ? $"{CatalogFiles.TrackFilesName} is no longer beside {options.Database}. Put it there and reload, or start the server again to serve without it."
        : options.CatalogId.Length > 0 && next.FilesIdentity != served.FilesIdentity
        ? $"{options.Database} or the file beside it has changed, and clients take what -catalog-id {options.CatalogId} names for unchanged. Start the server again with an id of its own for what is there now."
        : next.FindPairProblem() ?? next.CheckHealth().Problem;

    /// <summary>
    /// Whether other files have stood at the path, unchanged, from one look to the next: a copy that is still being written is not touched. Files
    /// that were rejected are tried again at each look: what was wrong may have been the storage.
    /// </summary>
    private bool HaveNewFilesSettled(SqliteCatalog served)
    {
        var before = _seen;
        _seen = IdentityOfFiles();
        if (_seen == served.FilesIdentity)
        {
            _logged = null;
            return false;
        }

        return _seen is not null && _seen == before;
    }

    private CatalogIdentity? IdentityOfFiles()
    {
        try
        {
            return CatalogFiles.Find(options.Database).Identity();
        }
        catch (Exception e) when (e is OperatorException or IOException or UnauthorizedAccessException)
        {
            // Between deleting the old file and renaming the new one there is none.
            return null;
        }
    }

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Reloaded {Database}: catalog {Before} is now {After}")]
    private static partial void LogReloaded(ILogger log, string database, CatalogIdentity before, CatalogIdentity after);

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "Not reloaded, the catalog from before is served on: {Problem}")]
    private static partial void LogRejected(ILogger log, Exception? unforeseen, string problem);
}
