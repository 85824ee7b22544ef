using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Search;

/// <summary>
/// Searches with the index file that lies at a path, if it belongs to the catalog: looks every few seconds whether there is another, and
/// changes over while searches go on. One that is open stays in use while what lies at the path is of no use: the index of the next catalog
/// may be put there before its database.
/// </summary>
/// <remarks>Looks rather than being told: network storage tells nobody what other machines write.</remarks>
/// <param name="options">Which database, and where its index is.</param>
/// <param name="source">The identity of the main database that is served; an index of another one is not used.</param>
public sealed partial class IndexedSearch(StoreOptions options, CatalogIdentity source) : INameSearch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>After which an index that could not be used is tried again: it may have been the storage.</summary>
    private const int RestMilliseconds = 10_000;

    /// <summary>The same for one that proves unreadable each time that it is used, and would be opened and given up for ever.</summary>
    private const int LongestRestMilliseconds = 3_600_000;

    private readonly string _path = IndexOptions.PathOf(options.Index, options.Database);
    private readonly CancellationTokenSource _stop = new();
    private volatile SearchIndex? _current;
    private ILogger _log = NullLogger.Instance;
    private (long Length, DateTime Written)? _seen;
    private string? _reason;
    private long _openedAt;
    private long _rest = RestMilliseconds / 2;
    private long _tryAgainAt = long.MaxValue;

    /// <inheritdoc/>
    public bool IsReady => _current is not null;

    /// <summary>Opens the index, says in the log what searches will use, and begins to watch.</summary>
    public void Start(ILogger log)
    {
        _log = log;
        if (options.Index == StoreOptions.NoIndex)
        {
            LogOff(log);
            return;
        }

        _seen = Stamp();
        Change();
        _ = WatchAsync();
    }

    /// <inheritdoc/>
    public bool TryFind(ICatalogReader reader, Entity entity, string text, int limit, List<long> rowids, CancellationToken cancellation)
    {
        using var session = Rent();
        if (session is null)
        {
            return false;
        }

        var folded = NameFolding.Fold(text);
        if (folded.Length == 0)
        {
            return true;
        }

        using var timing = CatalogMetrics.Time("ask_index");
        var budget = new SearchBudget(options.QueryTime, cancellation);
        try
        {
            var candidates = session[entity];
            if (candidates.Begin(folded))
            {
                while (rowids.Count < limit && candidates.MoveNext(out var rowid, budget))
                {
                    budget.Check();
                    if (candidates.IsExact || Confirm(reader, entity, rowid, folded))
                    {
                        rowids.Add(rowid);
                    }
                }
            }

            CatalogMetrics.CountSearch("index");
            return true;
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            rowids.Clear();
            if (Interlocked.CompareExchange(ref _current, null, session.Index) == session.Index)
            {
                session.Index.Dispose();
                var now = Environment.TickCount64;
                _rest = now - _openedAt < 2 * _rest ? Math.Min(2 * _rest, LongestRestMilliseconds) : RestMilliseconds;
                Volatile.Write(ref _tryAgainAt, now + _rest);
                LogDamaged(_log, _path, CatalogException.DetailOf(e), options.Database);
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Under the lock that a look takes too, so that none opens an index after this.
        lock (_stop)
        {
            _stop.Cancel();
            Interlocked.Exchange(ref _current, null)?.Dispose();
        }

        _stop.Dispose();
    }

    private SearchIndex.Session? Rent()
    {
        while (_current is { } index)
        {
            // None if it was replaced just now.
            if (index.TryRent() is { } session)
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>Reads the name in the catalog, whose errors are not the index's.</summary>
    private static bool Confirm(ICatalogReader reader, Entity entity, long rowid, byte[] folded)
    {
        try
        {
            return reader.NameContains(entity, rowid, folded);
        }
        catch (SqliteException e)
        {
            throw new CatalogException(e.Fault, e.Message, e.Detail);
        }
    }

    private async Task WatchAsync()
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
                    Look();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void Look()
    {
        var stamp = Stamp();
        if (stamp != _seen || Environment.TickCount64 >= Volatile.Read(ref _tryAgainAt))
        {
            _seen = stamp;
            Change();
        }
    }

    /// <summary>What changes when another file lies at the path; null when there is none.</summary>
    private (long Length, DateTime Written)? Stamp()
    {
        try
        {
            return CatalogFiles.Stat(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Change()
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
                LogKept(_log, _path, _reason, options.Database);
            }
            else
            {
                LogUnused(_log, _path, _reason, options.Database);
            }
        }
    }

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "Searches use the index {Path}")]
    private static partial void LogUsed(ILogger log, string path);

    [LoggerMessage(EventId = 22, Level = LogLevel.Warning, Message = "Searches read names one by one, which takes long for rare words, because the index {Path} is not used: {Reason}. Build it, also while the server runs: metadata-api index -db {Database}")]
    private static partial void LogUnused(ILogger log, string path, string reason, string database);

    [LoggerMessage(EventId = 23, Level = LogLevel.Error, Message = "The index {Path} could not be read ({Detail}); searches read names one by one, and it is tried again soon. If its storage is sound, delete it and build it anew: metadata-api index -db {Database}")]
    private static partial void LogDamaged(ILogger log, string path, string detail, string database);

    [LoggerMessage(EventId = 24, Level = LogLevel.Information, Message = "Searches read names one by one, because -index is off")]
    private static partial void LogOff(ILogger log);

    [LoggerMessage(EventId = 25, Level = LogLevel.Warning, Message = "Searches go on with the index that is open, because the one at {Path} is not used: {Reason}. If the database is new too, reload (SIGHUP); else build it: metadata-api index -db {Database}")]
    private static partial void LogKept(ILogger log, string path, string reason, string database);
}
