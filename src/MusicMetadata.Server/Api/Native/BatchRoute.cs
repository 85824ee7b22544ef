using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary><c>POST /batch/lookup</c>: up to 400 things in one request.</summary>
internal static class BatchRoute
{
    /// <summary>Adds the route.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/batch/lookup", LookUpAsync);

    private static async Task LookUpAsync(HttpContext context)
    {
        var batch = await BatchRequest.ReadAsync(context.Request);
        HttpMetrics.CountBatch(batch.Items);
        using var answer = new BatchAnswer(context, context.Catalog(), context.BatchDeadline());
        await answer.WriteAsync(batch);
    }
}
