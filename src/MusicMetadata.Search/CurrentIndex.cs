using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>
/// The index file that lies at a path, if it belongs to the catalog: checks every few seconds whether there is another, and changes over
/// while searches go on. One that is open stays in use while what lies at the path is of no use: the index of the next catalog may be put
/// there before its database.
/// </summary>
/// <remarks>Polling rather than being told: network storage tells nobody what other machines write.</remarks>
/// <param name="options">Where the index is, and how it is opened.</param>
/// <param name="source">The identity that an index must have been built for; another one is not used.</param>
internal sealed partial class CurrentIndex(SearchOptions options, CatalogIdentity source) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>After which an index that could not be used is tried again: it may have been the storage.</summary>
    private const int RestMilliseconds = 10_000;

    /// <summary>The same for one that proves unreadable each time that it is used, and would be opened and given up for ever.</summary>
    private const int MaxRestMilliseconds = 3_600_000;

    private readonly string _path = options.IndexPath ?? "";
    private readonly CancellationTokenSource _stop = new();
    private volatile SearchIndex? _current;
    private ILogger _log = NullLogger.Instance;
    private (long Length, DateTime Modified)? _seen;
    private string? _reason;
    private long _openedAt;
    private long _rest = RestMilliseconds / 2;
    private long _tryAgainAt = long.MaxValue;

    /// <summary>Whether there is an index that can be asked.</summary>
    public bool IsReady => _current is not null;

    /// <summary>Opens the index, says in the log what searches will use, and begins to poll.</summary>
    public void Start(ILogger log)
    {
        _log = log;
        if (options.IndexPath is null)
        {
            LogOff(log);
            return;
        }

        _seen = Stamp();
        Refresh();
        _ = PollAsync();
    }

    /// <summary>Rents a reader; null when there is no index.</summary>
    public SearchIndex.Reader? TryRent()
    {
        while (_current is { } index)
        {
            // None if it was replaced just now.
            if (index.TryRent() is { } reader)
            {
                return reader;
            }
        }

        return null;
    }

    /// <summary>Leaves an index aside that proved to be damaged.</summary>
    public void GiveUp(SearchIndex index, Exception e)
    {
        if (Interlocked.CompareExchange(ref _current, null, index) != index)
        {
            return;
        }

        index.Dispose();
        var now = Environment.TickCount64;
        _rest = now - _openedAt < 2 * _rest ? Math.Min(2 * _rest, MaxRestMilliseconds) : RestMilliseconds;
        Volatile.Write(ref _tryAgainAt, now + _rest);
        LogDamaged(_log, _path, CatalogException.DetailOf(e), options.BuildCommand);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Under the lock of a refresh, so that none opens an index after this.
        lock (_stop)
        {
            _stop.Cancel();
            Interlocked.Exchange(ref _current, null)?.Dispose();
        }

        _stop.Dispose();
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            var stop = _stop.Token;
            while (await timer.WaitForNextTickAsync(stop))
            {
                lock (_stop)
                {
                    stop.ThrowIfCancellationRequested();
                    RefreshIfChanged();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void RefreshIfChanged()
    {
        var stamp = Stamp();
        if (stamp != _seen || Environment.TickCount64 >= Volatile.Read(ref _tryAgainAt))
        {
            _seen = stamp;
            Refresh();
        }
    }

    /// <summary>What changes when another file lies at the path; null when there is none.</summary>
    private (long Length, DateTime Modified)? Stamp()
    {
        try
        {
            return Storage.Stat(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens what lies at the path, and changes over to it if it can be used.</summary>
    private void Refresh()
    {
        var before = _reason;
        SearchIndex? next = null;
        _reason = _seen is null ? "there is none" : SearchIndex.TryOpen(_path, source, options, out next);
        Volatile.Write(ref _tryAgainAt, _seen is null || _reason is null ? long.MaxValue : Environment.TickCount64 + RestMilliseconds);
        if (_reason is null)
        {
            _openedAt = Environment.TickCount64;
            Interlocked.Exchange(ref _current, next)?.Dispose();
            LogUsed(_log, _path);
        }
        else if (_reason != before)
        {
            if (IsReady)
            {
                LogKept(_log, _path, _reason, options.BuildCommand);
            }
            else
            {
                LogUnused(_log, _path, _reason, options.BuildCommand);
            }
        }
    }

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "Searches use the index {Path}")]
    private static partial void LogUsed(ILogger log, string path);

    [LoggerMessage(EventId = 22, Level = LogLevel.Warning,
        Message = "Searches read names one by one, which takes long for rare words, "
        + "because the index {Path} is not used: {Reason}. Build it, also while the server runs: {BuildCommand}")]
    private static partial void LogUnused(ILogger log, string path, string reason, string buildCommand);

    [LoggerMessage(EventId = 23, Level = LogLevel.Error,
        Message = "The index {Path} could not be read ({Detail}); searches read names one by one, "
        + "and it is tried again soon. If its storage is sound, delete it and build it anew: {BuildCommand}")]
    private static partial void LogDamaged(ILogger log, string path, string detail, string buildCommand);

    [LoggerMessage(EventId = 24, Level = LogLevel.Information,
        Message = "Searches read names one by one, because the search index is switched off")]
    private static partial void LogOff(ILogger log);

    [LoggerMessage(EventId = 25, Level = LogLevel.Warning,
        Message = "Searches go on with the index that is open, because the one at {Path} is not used: {Reason}. "
        + "If the database is new too, reload (SIGHUP); else build it: {BuildCommand}")]
    private static partial void LogKept(ILogger log, string path, string reason, string buildCommand);
}
