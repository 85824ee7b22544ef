using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace MusicMetadata.Server.Telemetry;

/// <summary>Chooses what OpenTelemetry's exporter for Prometheus shows of this program's instruments and of the framework's.</summary>
internal static class MetricsExport
{
    /// <summary>Series of an instrument; the memory of all of them is taken at once. Most have a handful.</summary>
    private const int MaxSeries = 50;

    /// <summary>A series for each method, status and route that met.</summary>
    private const int MaxRequestSeries = 1000;

    /// <summary>Finer than the framework's own: a lookup takes a fraction of a millisecond.</summary>
    private static readonly double[] Seconds = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Adds the instruments and what collects them, both for as long as the server lives.</summary>
    public static void AddServerMetrics(this IServiceCollection services) =>
        services.AddMetrics().AddSingleton<ServerMetrics>().AddSingleton(_ => StartCollecting());

    private static MeterProvider StartCollecting() => Sdk.CreateMeterProviderBuilder()
        .AddMeter(ServerMetrics.MeterName, ServerMetrics.MeterName + ".*")
        .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
        .AddView(Choose)
        .AddPrometheusExporter(exporter =>
        {
            // Both would be the same on every line. And a scrape shows what is, not what was a moment ago.
            exporter.ScopeInfoEnabled = false;
            exporter.TargetInfoEnabled = false;
            exporter.ScrapeResponseCacheDurationMilliseconds = 0;
        })
        .Build();

    /// <summary>Leaves out the instruments and labels of the framework that have one value here, or nobody asks for.</summary>
    private static MetricStreamConfiguration Choose(Instrument instrument) => instrument.Name switch
    {
        "http.server.request.duration" => new ExplicitBucketHistogramConfiguration
        {
            Boundaries = Seconds,
            TagKeys = ["http.request.method", "http.response.status_code", "http.route", "error.type"],
            CardinalityLimit = MaxRequestSeries,
        },
        "kestrel.active_connections" or "kestrel.rejected_connections" =>
            new MetricStreamConfiguration { TagKeys = ["server.address", "server.port"], CardinalityLimit = MaxSeries },
        "dotnet.process.cpu.time"
            or "dotnet.gc.collections"
            or "dotnet.gc.last_collection.heap.size"
            or "dotnet.gc.pause.time"
            or "dotnet.exceptions" => new MetricStreamConfiguration { CardinalityLimit = MaxSeries },
        _ => instrument.Meter.Name.StartsWith(ServerMetrics.MeterName, StringComparison.Ordinal)
            ? new MetricStreamConfiguration { CardinalityLimit = MaxSeries }
            : MetricStreamConfiguration.Drop,
    };
}
