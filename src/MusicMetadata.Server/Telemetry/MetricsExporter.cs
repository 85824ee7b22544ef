using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Telemetry;

/// <summary>Listens to the instruments of this program and of the framework, and writes what they measured in Prometheus's text format.</summary>
/// <remarks>
/// Written here because of the executable's size: with <c>prometheus-net</c> it grows by 1.6 MB, most of that the regular expressions it checks
/// names with; with OpenTelemetry's exporter by 2.5 MB. The instruments are the framework's, so either can take this class's place.
/// </remarks>
internal sealed class MetricsExporter : IDisposable
{
    /// <summary>Finer than the framework's own: a lookup takes a fraction of a millisecond.</summary>
    private static readonly double[] Seconds = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly string[] OfFramework =
    [
        "http.server.request.duration",
        "kestrel.active_connections",
        "kestrel.rejected_connections",
        "dotnet.process.cpu.time",
        "dotnet.gc.collections",
        "dotnet.gc.last_collection.heap.size",
        "dotnet.gc.pause.time",
        "dotnet.exceptions",
    ];

    private readonly ConcurrentDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _one = new();

    /// <summary>Begins to listen.</summary>
    public MetricsExporter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == CatalogMetrics.Meter || OfFramework.Contains(instrument.Name))
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument.Name, _ => new Metric(instrument, Boundaries(instrument))));
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Metric)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Metric)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Metric)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured so far.</summary>
    public string Write()
    {
        lock (_one)
        {
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // Some figure could not be had, such as one of /proc without a descriptor to spare; the others are not lost with it.
            }

            var text = new StringBuilder(16 * 1024);
            foreach (var metric in _metrics.Values.OrderBy(metric => metric.Name, StringComparer.Ordinal))
            {
                metric.Write(text);
            }

            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static double[]? Boundaries(Instrument instrument) => instrument switch
    {
        Histogram<double> { Name: "http.server.request.duration" } => Seconds,
        Histogram<double> histogram => [.. histogram.Advice?.HistogramBucketBoundaries ?? Seconds],
        Histogram<long> histogram => [.. histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound) ?? Seconds],
        _ => null,
    };
}
