using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MusicMetadata.Server.Telemetry;

/// <summary>
/// What the server counts and measures beyond requests and connections, which the framework measures itself; <c>/metrics</c> shows them
/// all.
/// </summary>
public sealed class ServerMetrics
{
    /// <summary>The name of <see cref="Meter"/>, by which the exporter knows it.</summary>
    internal const string MeterName = "MusicMetadata";

    private readonly Counter<long> _rateLimited;
    private readonly Counter<long> _aborted;
    private readonly Counter<long> _validations;
    private readonly Counter<long> _searches;
    private readonly Counter<long> _reloads;
    private readonly Histogram<long> _batchItems;
    private readonly Histogram<double> _operations;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes their meter, and ends it with the server.</param>
    public ServerMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MeterName);
        _rateLimited = Meter.CreateCounter<long>(
            "metadata_api.rate_limited", "{request}", "Requests turned away because their client made too many.");
        _aborted = Meter.CreateCounter<long>(
            "metadata_api.aborted", "{request}", "Requests whose connection was aborted because they could not end in time.");
        _validations = Meter.CreateCounter<long>(
            "metadata_api.cache_validations", "{request}", "Requests with If-None-Match, by whether the client's copy was still right.");
        _searches = Meter.CreateCounter<long>(
            "metadata_api.searches", "{search}", "Searches, by whether the search index answered them or the names were scanned.");
        _reloads = Meter.CreateCounter<long>(
            "metadata_api.reloads", "{reload}", "Reloads of the catalog, by how they ended.");
        _batchItems = Meter.CreateHistogram(
            "metadata_api.batch.items",
            "{item}",
            "Items asked for in one batch.",
            tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 5, 10, 25, 50, 100, 200, 300, 400] });
        _operations = Meter.CreateHistogram(
            "metadata_api.statement.duration",
            "s",
            "Time inside the database, by what was asked of it; reading a track includes its album and artists.",
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.000_025, 0.000_1, 0.000_5, 0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 10],
            });
    }

    /// <summary>The meter of every instrument of this server, for gauges that ask another class.</summary>
    internal Meter Meter { get; }

    /// <summary>
    /// Shows every counter from the beginning: the first step of one that begins at 1 is no increase to Prometheus, and no alert.
    /// </summary>
    internal void StartAtZero()
    {
        _rateLimited.Add(0);
        _aborted.Add(0);
        _validations.Add(0, new KeyValuePair<string, object?>("result", "fresh"));
        _validations.Add(0, new KeyValuePair<string, object?>("result", "stale"));
        _searches.Add(0, new KeyValuePair<string, object?>("by", "index"));
        _searches.Add(0, new KeyValuePair<string, object?>("by", "scan"));
        _reloads.Add(0, new KeyValuePair<string, object?>("result", "ok"));
        _reloads.Add(0, new KeyValuePair<string, object?>("result", "failed"));
    }

    /// <summary>Measures what is asked of the database until disposed.</summary>
    /// <param name="operation">Its kind: one of a handful of words, for it becomes a label.</param>
    public Timing Time(string operation) => new(_operations, operation);

    /// <summary>Counts a search.</summary>
    /// <param name="by"><c>index</c> or <c>scan</c>.</param>
    public void CountSearch(string by) => _searches.Add(1, new KeyValuePair<string, object?>("by", by));

    /// <summary>Counts a reload.</summary>
    /// <param name="result"><c>ok</c> or <c>failed</c>.</param>
    public void CountReload(string result) => _reloads.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>Counts a request that was turned away.</summary>
    internal void CountRateLimited() => _rateLimited.Add(1);

    /// <summary>Counts a request whose connection was aborted.</summary>
    internal void CountAborted() => _aborted.Add(1);

    /// <summary>Counts a batch.</summary>
    /// <param name="items">Items in it, repeats included.</param>
    internal void CountBatch(int items) => _batchItems.Record(items);

    /// <summary>Counts a request that asked whether a copy is still right.</summary>
    /// <param name="result"><c>fresh</c> or <c>stale</c>.</param>
    internal void CountValidation(string result) => _validations.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>A measurement under way.</summary>
    public readonly struct Timing : IDisposable
    {
        private readonly Histogram<double> _durations;
        private readonly string _operation;
        private readonly long _started;

        internal Timing(Histogram<double> durations, string operation)
        {
            _durations = durations;
            _operation = operation;
            _started = Stopwatch.GetTimestamp();
        }

        /// <summary>Ends it.</summary>
        public void Dispose() =>
            _durations.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new KeyValuePair<string, object?>("statement", _operation));
    }
}
