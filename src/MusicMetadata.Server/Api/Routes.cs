using MusicMetadata.Server.Api.Native;
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
    public static void Map(IEndpointRouteBuilder routes, ServerOptions options, ServedCatalog catalog, Caching caching)
    {
        LookupRoutes.Map(routes, caching);
        SearchRoutes.Map(routes, caching);
        BatchRoute.Map(routes);
        HealthRoutes.Map(routes, catalog);
        MetricsRoute.Map(routes, catalog);
        DocumentationRoutes.Map(routes);
        ExplorerRoutes.Map(routes, options.Explorer);
    }
}
