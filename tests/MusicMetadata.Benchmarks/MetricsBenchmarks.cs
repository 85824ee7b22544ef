using System.Diagnostics;
using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MusicMetadata.Server.Telemetry;
using OpenTelemetry.Metrics;

namespace MusicMetadata.Benchmarks;

/// <summary>What a measurement costs a request, and what a scrape costs; docs/decisions/metrics.md has the figures.</summary>
[MemoryDiagnoser]
public class MetricsBenchmarks
{
    private static readonly string[] Paths =
        ["/lookup/track/{id}", "/lookup/artist/{id}", "/lookup/album/{id}", "/search/track", "/batch/lookup"];

    private readonly ServiceProvider _services;
    private readonly ServerMetrics _metrics;
    private readonly Meter _framework = new("Microsoft.AspNetCore.Hosting");
    private readonly Histogram<double> _requests;
    private readonly RequestDelegate _scrape;
    private readonly object _ok = StatusCodes.Status200OK;
    private int _next;

    public MetricsBenchmarks()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddServerMetrics();
        _services = services.BuildServiceProvider();
        var collector = _services.GetRequiredService<MeterProvider>();
        _metrics = _services.GetRequiredService<ServerMetrics>();
        _requests = _framework.CreateHistogram<double>("http.server.request.duration", "s");
        _scrape = new ApplicationBuilder(_services)
            .UseOpenTelemetryPrometheusScrapingEndpoint(collector, _ => true, null, null, null).Build();
    }

    [GlobalSetup]
    public void UseAll()
    {
        _metrics.StartAtZero();
        string[] statements = ["find_id", "find_isrc", "find_tracks_of_album", "read_track", "read_album", "read_artist", "search"];
        foreach (var statement in statements)
        {
            _metrics.Time(statement).Dispose();
        }

        for (var i = 0; i < Paths.Length; i++)
        {
            Request();
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _services.Dispose();
        _framework.Dispose();
    }

    /// <summary>What the framework measures of each request, with the labels that it gives.</summary>
    [Benchmark]
    public void Request()
    {
        var tags = new TagList
        {
            { "url.scheme", "http" },
            { "http.request.method", "GET" },
            { "network.protocol.version", "1.1" },
            { "http.response.status_code", _ok },
            { "http.route", Paths[_next++ % Paths.Length] },
        };
        _requests.Record(0.001, tags);
    }

    /// <summary>Two readings of the clock and a measurement.</summary>
    [Benchmark]
    public void Statement() => _metrics.Time("read_track").Dispose();

    [Benchmark]
    public void Count() => _metrics.CountSearch("index");

    [Benchmark]
    public async Task<long> Scrape()
    {
        using var text = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = text } };
        await _scrape(context);
        await context.Response.BodyWriter.FlushAsync();
        return text.Length;
    }
}
