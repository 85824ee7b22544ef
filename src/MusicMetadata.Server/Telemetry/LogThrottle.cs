namespace MusicMetadata.Server.Telemetry;

/// <summary>
/// Lets one line a second into the log, and counts the others: what fails every request, such as storage that fails, or load beyond what
/// can be done, must not fill the disk with lines.
/// </summary>
internal sealed class LogThrottle
{
    private long _last = long.MinValue / 2;
    private int _withheld;

    /// <summary>Takes the turn to log a line; false when there was one less than a second ago, and this one is counted instead.</summary>
    /// <param name="withheld">How many were counted since the last line.</param>
    public bool TryAcquire(out int withheld)
    {
        var now = Environment.TickCount64;
        var last = Volatile.Read(ref _last);
        if (now - last < 1000 || Interlocked.CompareExchange(ref _last, now, last) != last)
        {
            _ = Interlocked.Increment(ref _withheld);
            withheld = 0;
            return false;
        }

        withheld = Interlocked.Exchange(ref _withheld, 0);
        return true;
    }
}
