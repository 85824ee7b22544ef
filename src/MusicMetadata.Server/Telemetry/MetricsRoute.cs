using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Health;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Server.Telemetry;

/// <summary><c>/metrics</c>, in Prometheus's text format.</summary>
internal static class MetricsRoute
{
    private const string Path = "/metrics";

    /// <summary>Begins to measure. The exporter lives as long as the server.</summary>
    public static void AddTo(IServiceCollection services) => services.AddSingleton<MetricsExporter>();

    /// <summary>Adds the route. It is never limited.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedCatalog catalog)
    {
        var exporter = routes.ServiceProvider.GetRequiredService<MetricsExporter>();
        ProcessMetrics.Register();
        HttpMetrics.BeginAtZero();
        CatalogMetrics.BeginAtZero();
        var meter = CatalogMetrics.Meter;
        _ = meter.CreateObservableGauge("metadata_api.readers", () => catalog.Current.Store.Load.Readers, description: "Readers of the catalog that there are.");
        _ = meter.CreateObservableGauge("metadata_api.readers_in_use", () => catalog.Current.Store.Load.InUse, description: "Readers that a request holds.");
        _ = meter.CreateObservableGauge("metadata_api.readers_waiting", () => catalog.Current.Store.Load.Waiting, description: "Requests that wait for a reader.");
        routes.MapMethods(Path, Routes.Read, context => SendAsync(context, exporter)).DisableRateLimiting();
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

    private static async Task SendAsync(HttpContext context, MetricsExporter exporter)
    {
        var text = Encoding.UTF8.GetBytes(exporter.Write());
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        _ = await context.Response.BodyWriter.WriteAsync(text, context.RequestAborted);
    }

    private sealed class OwnAddress
    {
        public static readonly OwnAddress Instance = new();
    }
}
