using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Health;

/// <summary>
/// Checks the served catalog's health at most once a second however often it is asked, since nothing limits how often that is, and logs
/// when it changes.
/// </summary>
internal sealed partial class HealthMonitor
{
    /// <summary>Storage that takes longer to read a few pages, such as a share whose server has gone, is as good as unreadable.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const int CacheMilliseconds = 1_000;

    private static readonly CatalogHealth Unresponsive = new(IsReadable: false, IsCurrent: false, "The storage does not answer.");

    private readonly ServedCatalog _catalog;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private Task<CatalogHealth> _check = Task.FromResult(CatalogHealth.Good);
    private CatalogHealth _last = CatalogHealth.Good;
    private OpenCatalog? _checked;
    private long _begunAt;
    private long _checkedAt = long.MinValue;

    /// <summary>Begins without a check, and shows what checks find as a metric.</summary>
    public HealthMonitor(ServedCatalog catalog, ServerMetrics metrics, ILoggerFactory loggers)
    {
        _catalog = catalog;
        _log = loggers.CreateLogger<HealthMonitor>();
        _ = metrics.Meter.CreateObservableGauge(
            "metadata_api.ready",
            () => Peek().IsReady ? 1 : 0,
            description: "1 while both files can be read and are the ones that were opened, else 0; by the latest check, and each scrape "
                + "begins one.");
    }

    /// <summary>The catalog's health, at most a second old.</summary>
    public ValueTask<CatalogHealth> CheckAsync()
    {
        var check = Begin();
        return check.IsCompletedSuccessfully ? new(check.Result) : new(WaitAsync(check));
    }

    /// <summary>The catalog's health as it is known without waiting for the check that this begins.</summary>
    private CatalogHealth Peek()
    {
        var check = Begin();
        lock (_lock)
        {
            return check.IsCompleted || Environment.TickCount64 - _begunAt < Timeout.TotalMilliseconds ? _last : Unresponsive;
        }
    }

    private Task<CatalogHealth> Begin()
    {
        lock (_lock)
        {
            // What was found of a catalog says nothing about the one that took its place. And a check that hangs is not joined by a second
            // one: each would hold a thread for ever.
            var isOld = Environment.TickCount64 - CacheMilliseconds >= _checkedAt || _catalog.Current != _checked;
            if (_check.IsCompleted && isOld)
            {
                _begunAt = Environment.TickCount64;
                _check = Task.Run(Check);
            }

            return _check;
        }
    }

    private static async Task<CatalogHealth> WaitAsync(Task<CatalogHealth> check)
    {
        try
        {
            return await check.WaitAsync(Timeout);
        }
        catch (TimeoutException)
        {
            return Unresponsive;
        }
    }

    private CatalogHealth Check()
    {
        using var rental = _catalog.Rent();
        var health = rental.Catalog.Store.CheckHealth();
        lock (_lock)
        {
            _checkedAt = Environment.TickCount64;
            _checked = rental.Catalog;
            if (health == _last)
            {
                return health;
            }

            _last = health;
        }

        if (health.Problem is { } problem)
        {
            LogProblem(problem);
        }
        else
        {
            LogGood();
        }

        return health;
    }

    [LoggerMessage(EventId = 31, Level = LogLevel.Error, Message = "Not ready: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 32, Level = LogLevel.Information, Message = "Ready again")]
    private partial void LogGood();
}
