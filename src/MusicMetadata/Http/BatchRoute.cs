using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary><c>POST /batch/lookup</c>: up to 400 things in one request.</summary>
internal static class BatchRoute
{
    /// <summary>Adds the route.</summary>
    public static void Map(IEndpointRouteBuilder routes, ICatalogStore store) =>
        routes.MapPost("/batch/lookup", context => LookUpAsync(context, store));

    private static async Task LookUpAsync(HttpContext context, ICatalogStore store)
    {
        var batch = await BatchRequest.ReadAsync(context.Request);
        using var answer = new BatchAnswer(context, store);
        await answer.WriteAsync(batch);
    }
}
