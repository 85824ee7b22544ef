using MusicMetadata.Server.Access;
using MusicMetadata.Server.Api.Native;
using MusicMetadata.Server.Api.Spotify;
using MusicMetadata.Server.Health;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;
using MusicMetadata.Server.Web.Documentation;
using MusicMetadata.Server.Web.Explorer;

namespace MusicMetadata.Server.Api;

/// <summary>Every route of the server.</summary>
internal static class Routes
{
    /// <summary>The methods of every route that reads: all but the batch.</summary>
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds them all.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServerOptions options, AuthToken? token, ServedCatalog catalog, Caching caching)
    {
        var metrics = routes.ServiceProvider.GetRequiredService<ServerMetrics>();
        new LookupRoutes(metrics).Map(routes, caching);
        new Native.SearchRoutes(metrics).Map(routes, caching);
        new BatchRoute(metrics).Map(routes);
        new MatchRoutes(metrics).Map(routes, caching);
        if (options.Spotify)
        {
            SpotifyRoutes.Map(routes, options, token, metrics, caching);
        }

        HealthRoutes.Map(routes, catalog, metrics);
        MetricsRoute.Map(routes, catalog, metrics);
        DocumentationRoutes.Map(routes);
        ExplorerRoutes.Map(routes, options.Explorer);
    }
}
