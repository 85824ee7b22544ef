using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary>
/// Checks the served catalog's health at most once a second however often it is asked, since nothing limits how often that is, and logs when it
/// changes.
/// </summary>
internal sealed partial class HealthMonitor(ServedCatalog catalog, ILoggerFactory loggers)
{
    /// <summary>Storage that takes longer to read a few pages, such as a share whose server has gone, is as good as unreadable.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int KeptMilliseconds = 1_000;

    private readonly ILogger _log = loggers.CreateLogger<HealthMonitor>();
    private readonly Lock _one = new();
    private Task<CatalogHealth> _check = Task.FromResult(CatalogHealth.Good);
    private CatalogHealth _last = CatalogHealth.Good;
    private long _checkedAt = long.MinValue;

    /// <summary>The catalog's health, at most a second old.</summary>
    public ValueTask<CatalogHealth> CheckAsync()
    {
        Task<CatalogHealth> check;
        lock (_one)
        {
            // A check that hangs is not joined by a second one: each would hold a thread for ever.
            if (_check.IsCompleted && Environment.TickCount64 - KeptMilliseconds >= _checkedAt)
            {
                _check = Task.Run(Check);
            }

            check = _check;
        }

        return check.IsCompletedSuccessfully ? new(check.Result) : new(WaitAsync(check));
    }

    private static async Task<CatalogHealth> WaitAsync(Task<CatalogHealth> check)
    {
        try
        {
            return await check.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            return new CatalogHealth(IsReadable: false, IsCurrent: false, "The storage does not answer.");
        }
    }

    private CatalogHealth Check()
    {
        using var lease = catalog.Borrow();
        var health = lease.Generation.Store.CheckHealth();
        lock (_one)
        {
            _checkedAt = Environment.TickCount64;
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
