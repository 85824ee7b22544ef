using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MusicMetadata.Catalog;

/// <summary>What the rooms of this program count and measure, as instruments of the framework; <c>/metrics</c> shows them.</summary>
internal static class CatalogMetrics
{
    /// <summary>The meter of every instrument of this program.</summary>
    public static Meter Meter { get; } = new("MusicMetadata");

    private static readonly Histogram<double> Statements = Meter.CreateHistogram(
        "metadata_api.statement.duration",
        "s",
        "Time inside the database, by what was asked of it; reading a track includes its album and artists.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.000_025, 0.000_1, 0.000_5, 0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 10] });

    private static readonly Counter<long> Searches = Meter.CreateCounter<long>(
        "metadata_api.searches",
        "{search}",
        "Searches, by whether the search index answered them or the names were scanned.");

    /// <summary>Shows every counter from the beginning: the first step of one that begins at 1 is no increase to Prometheus, and no alert.</summary>
    public static void BeginAtZero()
    {
        Searches.Add(0, new KeyValuePair<string, object?>("by", "index"));
        Searches.Add(0, new KeyValuePair<string, object?>("by", "scan"));
    }

    /// <summary>Measures a statement until disposed.</summary>
    /// <param name="statement">Its kind: one of a handful of words, for it becomes a label.</param>
    public static Timing Time(string statement) => new(statement);

    /// <summary>Counts a search.</summary>
    /// <param name="by"><c>index</c> or <c>scan</c>.</param>
    public static void CountSearch(string by) => Searches.Add(1, new KeyValuePair<string, object?>("by", by));

    /// <summary>A measurement under way.</summary>
    public readonly struct Timing : IDisposable
    {
        private readonly string _statement;
        private readonly long _began;

        internal Timing(string statement)
        {
            _statement = statement;
            _began = Statements.Enabled ? Stopwatch.GetTimestamp() : 0;
        }

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (_began != 0)
            {
                Statements.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>("statement", _statement));
            }
        }
    }
}
