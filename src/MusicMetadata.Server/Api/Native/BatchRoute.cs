using MusicMetadata.Catalog;
using MusicMetadata.Server.Telemetry;





namespace MusicMetadata.Server.Api.Native;

/// <summary><c>POST /batch/lookup</c>: up to 400 things in one request.</summary>
internal static class BatchRoute
{
    /// <summary>The policy that bounds a batch's time: it waits for readers many times, and sends to a client that may take its time.</summary>
    public const string TimeLimit = "batch";

    /// <summary>Adds the route.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/batch/lookup", context => LookUpAsync(context, context.Catalog())).WithRequestTimeout(TimeLimit);

    private static async Task LookUpAsync(HttpContext context, ICatalogStore store)
    {
        var batch = await BatchRequest.ReadAsync(context.Request);
        HttpMetrics.CountBatch(batch.Items);
        using var answer = new BatchAnswer(context, store);
        await answer.WriteAsync(batch);
    }
}
