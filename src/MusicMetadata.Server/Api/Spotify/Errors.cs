namespace MusicMetadata.Server.Api.Spotify;

/// <summary>Errors below <c>/v1</c>: <c>{"error":{"status":404,"message":"…"}}</c>, whoever finds them.</summary>
internal static class Errors
{
    private static readonly ErrorForm Form = new();

    /// <summary>Puts it into the pipeline, before what answers errors; nothing when there are no such routes.</summary>
    public static void UseSpotifyErrors(this WebApplication app, ServerOptions options)
    {
        if (!options.Spotify)
        {
            return;
        }

        app.Use(next => context =>
        {
            if (context.Request.Path.StartsWithSegments("/v1"))
            {
                context.Features.Set<IErrorForm>(Form);
            }

            return next(context);
        });
    }

    /// <summary>What a client did wrong.</summary>
    public static ClientException Bad(string message) => new(StatusCodes.Status400BadRequest, message);

    private sealed class ErrorForm : IErrorForm
    {
        public Task WriteAsync(HttpContext context, int status, string detail)
        {
            // Clients know few statuses, and look for these words to fetch a new token.
            status = status == StatusCodes.Status408RequestTimeout ? StatusCodes.Status503ServiceUnavailable : status;
            var message = status == StatusCodes.Status401Unauthorized ? "The access token expired" : detail;
            var json = new JsonText();
            json.Append("{\"error\":{\"status\":"u8);
            json.AppendNumber(status);
            json.Append(",\"message\":"u8);
            json.AppendText(message);
            json.Append("}}"u8);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = json.Length;
            return context.Response.BodyWriter.WriteAsync(json.Written, context.RequestAborted).AsTask();
        }
    }
}
