using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary>Every route of the server.</summary>
internal static class Routes
{
    /// <summary>The methods of every route that reads: all but the batch.</summary>
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    private static readonly byte[] Healthy = """{"status":"ok"}"""u8.ToArray();

    /// <summary>Adds them all.</summary>
    public static void Map(IEndpointRouteBuilder routes, ICatalogStore store, INameSearch search, Caching caching)
    {
        LookupRoutes.Map(routes, store, caching);
        SearchRoutes.Map(routes, store, search, caching);
        BatchRoute.Map(routes, store);
        routes.MapMethods("/health", Read, context => SendAsync(context, "application/json", Healthy)).DisableRateLimiting();
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
