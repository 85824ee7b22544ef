using MusicMetadata.Catalog;
using MusicMetadata.Http.Documentation;
using MusicMetadata.Http.Explorer;

namespace MusicMetadata.Http;

/// <summary>Every route of the server.</summary>
internal static class Routes
{
    /// <summary>The methods of every route that reads: all but the batch.</summary>
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    private static readonly byte[] Healthy = """{"status":"ok"}"""u8.ToArray();

    /// <summary>Adds them all.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServerOptions options, ICatalogStore store, INameSearch search, Caching caching)
    {
        LookupRoutes.Map(routes, store, caching);
        SearchRoutes.Map(routes, store, search, caching);
        BatchRoute.Map(routes, store);
        routes.MapMethods("/health", Read, context => SendAsync(context, "application/json", Healthy)).DisableRateLimiting();
        DocumentationRoutes.Map(routes);
        ExplorerRoutes.Map(routes, options.Explorer);
    }

    private static async Task SendAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        _ = await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }
}
