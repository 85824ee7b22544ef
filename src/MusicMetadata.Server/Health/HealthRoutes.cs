using MusicMetadata.Catalog;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Health;

/// <summary>The routes that orchestrators, load balancers and people ask how the server is. None of them is ever rate-limited.</summary>
public static class HealthRoutes
{
    /// <summary>Answers 200 when the server handles requests at all.</summary>
    public const string Alive = "/livez";

    /// <summary>Answers 200 when the server can do its work with the files that stand at their paths.</summary>
    public const string Ready = "/readyz";

    /// <summary>Answers 200 when the files that are served can be read; what clients of the server before this one ask.</summary>
    public const string Health = "/health";

    private static readonly byte[] Healthy = """{"status":"ok"}"""u8.ToArray();

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedCatalog catalog, ServerMetrics metrics)
    {
        var monitor = new HealthMonitor(catalog, metrics, routes.ServiceProvider.GetRequiredService<ILoggerFactory>());

        // Only the process: a restart, which is what a failed liveness check leads to, mends no file.
        routes.MapMethods(Alive, Routes.Read, SendAsync).DisableRateLimiting().AllowAnonymous();
        routes.MapMethods(Ready, Routes.Read, context => AnswerAsync(context, monitor, health => health.IsReady))
            .DisableRateLimiting().AllowAnonymous();
        routes.MapMethods(Health, Routes.Read, context => AnswerAsync(context, monitor, health => health.IsReadable))
            .DisableRateLimiting().AllowAnonymous();
    }

    private static async Task AnswerAsync(HttpContext context, HealthMonitor monitor, Func<CatalogHealth, bool> isGood)
    {
        var health = await monitor.CheckAsync();
        if (isGood(health))
        {
            await SendAsync(context);
            return;
        }

        // Which file, and why, is for the log: this answer may be public.
        context.Response.Headers.CacheControl = "no-store";
        await Problems.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, health.IsReadable
            ? "The catalog's files have been replaced or changed since they were opened."
            : "The catalog cannot be read.");
    }

    private static async Task SendAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Healthy.Length;
        _ = await context.Response.BodyWriter.WriteAsync(Healthy, context.RequestAborted);
    }
}
