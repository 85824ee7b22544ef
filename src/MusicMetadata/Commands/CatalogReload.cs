using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>
/// Replaces the served catalog when told to (SIGHUP), or when other files stand at its path (<c>-watch</c>). New files are opened and
/// checked aside first; should anything be wrong with them, the old ones are served on.
/// </summary>
/// <param name="catalog">What is served.</param>
/// <param name="options">How to open the new files.</param>
/// <param name="log">Where a line tells how each reload went.</param>
internal sealed partial class CatalogReload(ServedCatalog catalog, StoreOptions options, ILogger log)
{
    private static readonly Counter<long> Reloads = CatalogMetrics.Meter.CreateCounter<long>("metadata_api.reloads", "{reload}", "Reloads of the catalog, by how they ended.");

    // Ten signals while one reload runs mean one more reload.
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string? _rejected;

    /// <summary>Reloads on SIGHUP until disposed; null where there is no such signal.</summary>
    public IDisposable? ReloadOnSignal() => OperatingSystem.IsWindows()
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _ = _wanted.Writer.TryWrite(true);
        });

    /// <summary>Does the reloads, and looks for new files if asked to, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Reloads.Add(0, new KeyValuePair<string, object?>("result", "ok"));
        Reloads.Add(0, new KeyValuePair<string, object?>("result", "failed"));
        var watching = options.Watch > TimeSpan.Zero ? WatchAsync(cancellation) : Task.CompletedTask;
        try
        {
            await foreach (var _ in _wanted.Reader.ReadAllAsync(cancellation))
            {
                // Opening reads: not on a thread that requests wait for.
                await Task.Run(Reload, CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Reload()
    {
        SqliteCatalog? next = null;
        try
        {
            next = SqliteCatalog.Open(options);
            if (next.CheckHealth() is { Problem: { } problem })
            {
                throw new OperatorException(problem);
            }

            foreach (var warning in next.Warnings)
            {
                ServeLog.Warning(log, warning);
            }

            var before = catalog.Current.Fingerprint;
            var after = next.Fingerprint;
            var search = new IndexedSearch(options, next.MainFingerprint);
            ServeLog.Describe(log, next, options.Readers);
            search.Start(log);
            catalog.Replace(next, search);
            Reloads.Add(1, new KeyValuePair<string, object?>("result", "ok"));
            LogReloaded(log, options.Database, before, after);
        }
        catch (Exception e) when (e is OperatorException or CatalogException or IOException or UnauthorizedAccessException)
        {
            next?.Dispose();
            Reloads.Add(1, new KeyValuePair<string, object?>("result", "failed"));
            LogRejected(log, e is CatalogException catalog ? catalog.Detail : e.Message);
        }
    }

    /// <summary>
    /// Asks for a reload once other files have stood at the path, unchanged, from one look to the next: a copy that is still being written
    /// is not touched. Files that were tried and rejected are not tried again.
    /// </summary>
    private async Task WatchAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Watch);
        string? seen = null;
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var found = FingerprintOfFiles();
            if (found == catalog.Current.Fingerprint)
            {
                seen = null;
            }
            else if (found is not null && found == seen && found != _rejected)
            {
                _rejected = found;
                _ = _wanted.Writer.TryWrite(true);
            }
            else
            {
                seen = found;
            }
        }
    }

    private string? FingerprintOfFiles()
    {
        try
        {
            return CatalogFiles.Find(options.Database).Fingerprint();
        }
        catch (Exception e) when (e is OperatorException or IOException or UnauthorizedAccessException)
        {
            // Between deleting the old file and renaming the new one there is none.
            return null;
        }
    }

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Reloaded {Database}: catalog {Before} is now {After}")]
    private static partial void LogReloaded(ILogger log, string database, string before, string after);

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "Not reloaded, the catalog from before is served on: {Problem}")]
    private static partial void LogRejected(ILogger log, string problem);
}
