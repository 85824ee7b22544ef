using System.Diagnostics.Metrics;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Telemetry;

/// <summary>What the HTTP side counts beyond requests and connections, which the framework measures itself.</summary>
internal static class HttpMetrics
{
    private static readonly Counter<long> RateLimited = CatalogMetrics.Meter.CreateCounter<long>(
        "metadata_api.rate_limited",
        "{request}",
        "Requests turned away because their client made too many.");

    private static readonly Histogram<long> BatchItems = CatalogMetrics.Meter.CreateHistogram(
        "metadata_api.batch.items",
        "{item}",
        "Items asked for in one batch.",
        tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 5, 10, 25, 50, 100, 200, 300, 400] });

    private static readonly Counter<long> HungUp = CatalogMetrics.Meter.CreateCounter<long>(
        "metadata_api.hung_up",
        "{request}",
        "Requests whose connection was closed because they could not end in time.");

    private static readonly Counter<long> Validations = CatalogMetrics.Meter.CreateCounter<long>(
        "metadata_api.cache_validations",
        "{request}",
        "Requests with If-None-Match, by whether the client's copy was still right.");

    /// <summary>Shows every counter from the beginning: the first step of one that begins at 1 is no increase to Prometheus, and no alert.</summary>
    public static void BeginAtZero()
    {
        RateLimited.Add(0);
        HungUp.Add(0);
        Validations.Add(0, new KeyValuePair<string, object?>("result", "fresh"));
        Validations.Add(0, new KeyValuePair<string, object?>("result", "stale"));
    }

    /// <summary>Counts a request that was turned away.</summary>
    public static void CountRateLimited() => RateLimited.Add(1);

    /// <summary>Counts a request whose connection was closed.</summary>
    public static void CountHungUp() => HungUp.Add(1);

    /// <summary>Counts a batch.</summary>
    /// <param name="items">Items in it, repeats included.</param>
    public static void CountBatch(int items) => BatchItems.Record(items);

    /// <summary>Counts an answered request if its client asked whether a copy is still right.</summary>
    public static void CountValidation(HttpContext context)
    {
        if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified && context.Request.Headers.IfNoneMatch.Count > 0)
        {
            var result = context.Response.StatusCode == StatusCodes.Status304NotModified ? "fresh" : "stale";
            Validations.Add(1, new KeyValuePair<string, object?>("result", result));
        }
    }
}
