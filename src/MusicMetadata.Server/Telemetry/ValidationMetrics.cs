namespace MusicMetadata.Server.Telemetry;

/// <summary>Counts requests that ask whether a client's copy is still right.</summary>
internal static class ValidationMetrics
{
    /// <summary>Puts it into the pipeline, around everything that answers.</summary>
    public static void UseValidationMetrics(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<ServerMetrics>();
        app.Use(next => context => context.Request.Headers.IfNoneMatch.Count == 0 ? next(context) : CountAsync(context, next, metrics));
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, ServerMetrics metrics)
    {
        await next(context);
        if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
        {
            metrics.CountValidation(context.Response.StatusCode == StatusCodes.Status304NotModified ? "fresh" : "stale");
        }
    }
}
