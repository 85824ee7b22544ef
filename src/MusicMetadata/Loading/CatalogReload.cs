using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Loading;

/// <summary>
/// Replaces the served catalog when told to (SIGHUP), or when another one stands at its path (<paramref name="interval"/>). The new one is
/// opened and checked aside first; should anything be wrong with it, the old one is served on.
/// </summary>
/// <param name="loader">Opens the new catalog.</param>
/// <param name="interval">How often to check for another catalog; zero for never.</param>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of, "
        + "and a signal may come until the process ends.")]
internal sealed partial class CatalogReload(CatalogLoader loader, TimeSpan interval)
{
    private readonly SemaphoreSlim _asked = new(0);
    private CatalogIdentity? _seen;
    private string? _logged;

    /// <summary>Notes each SIGHUP for <see cref="RunAsync"/> until disposed; null where there is no such signal.</summary>
    public IDisposable? ReloadOnSignal() => OperatingSystem.IsWindows()
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _ = _asked.Release();
        });

    /// <summary>Does the reloads, and checks for another catalog at each interval, until cancelled.</summary>
    /// <param name="served">What is served.</param>
    /// <param name="metrics">Count the reloads.</param>
    /// <param name="log">Where a line tells how each reload went.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(ServedCatalog served, ServerMetrics metrics, ILogger log, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var isAsked = await _asked.WaitAsync(interval > TimeSpan.Zero ? interval : Timeout.InfiniteTimeSpan, cancellation);

                // Ten signals while one reload runs mean one more reload.
                while (_asked.Wait(0, CancellationToken.None))
                {
                }

                // Opening reads: not on a thread that requests wait for. And not waited for when the server ends: it may never come back.
                await Task.Run(() => ReloadIfNeeded(served, metrics, isAsked, log), CancellationToken.None).WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void ReloadIfNeeded(ServedCatalog served, ServerMetrics metrics, bool isAsked, ILogger log)
    {
        try
        {
            if (isAsked || HasAnotherCatalogSettled(served.Current.Store.SourceIdentity))
            {
                Reload(served, metrics, log);
            }
        }
        catch (Exception e)
        {
            // Whatever it is, the old catalog is served on, and the next signal or check must find somebody listening.
            metrics.CountReload("failed");
            var isForeseen = e is OperatorException or CatalogException or IOException or UnauthorizedAccessException;
            var problem = CatalogException.DetailOf(e);
            if (isAsked || problem != _logged)
            {
                _logged = problem;
                LogRejected(log, isForeseen ? null : e, problem);
            }
        }
    }

    private void Reload(ServedCatalog served, ServerMetrics metrics, ILogger log)
    {
        var before = served.Current;
        var next = loader.OpenReplacementOf(before);
        served.Replace(next);
        _logged = null;
        metrics.CountReload("ok");
        LogReloaded(log, loader.Source, before.Store.Identity, next.Store.Identity);
    }

    /// <summary>
    /// Whether another catalog has stood at the path, unchanged, from one check to the next: a copy that is still being written is not
    /// touched. One that was rejected is tried again at each check: what was wrong may have been the storage.
    /// </summary>
    private bool HasAnotherCatalogSettled(CatalogIdentity served)
    {
        var before = _seen;
        _seen = loader.FindIdentity();
        if (_seen == served)
        {
            _logged = null;
            return false;
        }

        return _seen is not null && _seen == before;
    }

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Reloaded {Database}: catalog {Before} is now {After}")]
    private static partial void LogReloaded(ILogger log, string database, CatalogIdentity before, CatalogIdentity after);

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "Reload rejected; still serving the previous catalog: {Problem}")]
    private static partial void LogRejected(ILogger log, Exception? unforeseen, string problem);
}
