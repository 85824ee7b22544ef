using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary>Every route of the server.</summary>
internal static class Routes
{
    /// <summary>The methods of every route that reads: all but the batch.</summary>
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds them all.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedCatalog catalog, Caching caching)
    {
        LookupRoutes.Map(routes, caching);
        SearchRoutes.Map(routes, caching);
        BatchRoute.Map(routes);
        HealthRoutes.Map(routes, catalog);
        MetricsRoute.Map(routes, catalog);
        routes.MapMethods("/", Read, context => SendAsync(context, "text/plain; charset=utf-8", StartPage));
    }

    private static readonly byte[] StartPage = Encoding.UTF8.GetBytes("""
        Music Metadata API

        GET  /lookup/track/{id}
        GET  /lookup/artist/{id}
        GET  /lookup/album/{id}
        GET  /lookup/album/{id}/tracks
        GET  /lookup/isrc/{isrc}
        GET  /search/track?q=&limit=
        GET  /search/artist?q=&limit=
        GET  /search/album?q=&limit=
        POST /batch/lookup
        GET  /health

        """);

    private static async Task SendAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        _ = await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }
}
