using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary><c>POST /batch/lookup</c>: up to 400 things in one request.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class BatchRoute(ServerMetrics metrics)
{
    /// <summary>Adds the route.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/batch/lookup", LookUpAsync);

    private async Task LookUpAsync(HttpContext context)
    {
        var batch = await BatchRequest.ReadAsync(context.Request);
        metrics.CountBatch(batch.Items);
        using var answer = new BatchAnswer(context, metrics, context.Catalog(), context.BatchDeadline());
        await answer.WriteAsync(batch);
    }
}
