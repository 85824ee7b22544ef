using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace MusicMetadata.Postgres;

/// <summary>
/// What is counted of the way to the database. All of it is there from the beginning: the first step of a counter that begins at 1 is no
/// increase to Prometheus, and no alert.
/// </summary>
internal static class PostgresMetrics
{
    private static readonly Meter Meter = new("MusicMetadata.Postgres");
    private static readonly ConcurrentDictionary<string, StrongBox<long>> RoundTrips = new();
    private static long Retries;

    static PostgresMetrics()
    {
        _ = Meter.CreateObservableCounter(
            "metadata_api.postgres.round_trips",
            () => RoundTrips.Select(one => new Measurement<long>(
                Volatile.Read(ref one.Value.Value), new KeyValuePair<string, object?>("node", one.Key))),
            "{statement}",
            "Statements sent to the database, by node.");
        _ = Meter.CreateObservableCounter(
            "metadata_api.postgres.retries",
            () => Volatile.Read(ref Retries),
            "{statement}",
            "Statements that failed on one node and were tried once more.");
    }

    /// <summary>The count of the statements that are sent to a node.</summary>
    /// <param name="node">Its host and port.</param>
    public static StrongBox<long> RoundTripsOf(string node) => RoundTrips.GetOrAdd(node, static _ => new StrongBox<long>());

    /// <summary>Counts a statement that is tried once more.</summary>
    public static void CountRetry() => Interlocked.Increment(ref Retries);
}
