using Microsoft.AspNetCore.Server.Kestrel.Core;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Health;
using MusicMetadata.Server.Lifetime;
using OpenTelemetry.Metrics;

namespace MusicMetadata.Server.Telemetry;

/// <summary><c>/metrics</c>, in Prometheus's text format.</summary>
internal static class MetricsRoute
{
    private const string Path = "/metrics";

    /// <summary>Adds the route. It is never limited.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedCatalog catalog, ServerMetrics metrics)
    {
        // What is counted before there is a collector is lost.
        var collector = routes.ServiceProvider.GetRequiredService<MeterProvider>();
        var meter = metrics.Meter;
        ProcessMetrics.Register(meter);
        metrics.StartAtZero();
        _ = meter.CreateObservableGauge(
            "metadata_api.readers", () => catalog.Current.Store.Load.Readers, description: "Readers of the catalog that there are.");
        _ = meter.CreateObservableGauge(
            "metadata_api.readers_in_use", () => catalog.Current.Store.Load.InUse, description: "Readers that a request holds.");
        _ = meter.CreateObservableGauge(
            "metadata_api.readers_waiting", () => catalog.Current.Store.Load.Waiting, description: "Requests that wait for a reader.");
        _ = routes.MapPrometheusScrapingEndpoint(Path, collector, NoStore, optionsName: null)
            .WithMetadata(new HttpMethodMetadata(Routes.Read)).DisableRateLimiting();
    }

    /// <summary>Marks the connections of the listener of <see cref="ServerOptions.MetricsAddress"/>.</summary>
    public static void Mark(ListenOptions listener) =>
        listener.Use(next => connection =>
        {
            connection.Features.Set(OwnAddress.Instance);
            return next(connection);
        });

    /// <summary>Whether a request came in by that listener.</summary>
    public static bool IsOnOwnAddress(HttpContext context) => context.Features.Get<OwnAddress>() is not null;

    /// <summary>
    /// Keeps metrics off the public address, and everything but metrics and health off theirs; nothing when they have none.
    /// </summary>
    public static void UseMetricsAddress(this WebApplication app, ServerOptions options)
    {
        if (options.MetricsAddress is null)
        {
            return;
        }

        app.Use(next => context =>
        {
            // As routing takes it, to which /Metrics/ is the same; another method finds no route.
            var route = context.Request.Path.Value!.TrimEnd('/').ToLowerInvariant();
            var isHealth = route is HealthRoutes.Alive or HealthRoutes.Ready or HealthRoutes.Health;
            if (isHealth || route == Path == IsOnOwnAddress(context))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private static void NoStore(IApplicationBuilder scrape) => scrape.Use(next => context =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    });

    private sealed class OwnAddress
    {
        public static readonly OwnAddress Instance = new();
    }
}
