using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using MusicMetadata.Server.Access;

namespace MusicMetadata.Server.Telemetry;

/// <summary>One line for each request that has been answered, if asked for.</summary>
internal static partial class AccessLog
{
    /// <summary>Puts it into the pipeline, around everything that answers; nothing when it is off.</summary>
    public static void UseAccessLog(this WebApplication app, ServerOptions options)
    {
        if (!options.AccessLog)
        {
            return;
        }

        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MusicMetadata.Access");
        app.Use(next => async context =>
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                Log(log, context, Stopwatch.GetElapsedTime(started));
            }
        });
    }

    private static void Log(ILogger log, HttpContext context, TimeSpan elapsed)
    {
        var client = context.Connection.RemoteIpAddress is { } address ? ClientAddress.Normalize(address).ToString() : "unix";
        var method = Escape.NonPrintable(context.Request.Method);
        var target = Escape.NonPrintable(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        LogRequest(log, client, method, target, context.Response.StatusCode, context.Response.ContentLength, elapsed.TotalMilliseconds);
    }

    [LoggerMessage(
        EventId = 41,
        Level = LogLevel.Information,
        Message = "{Client} {Method} {Target} {Status} {Bytes} bytes {Milliseconds:0.000} ms")]
    private static partial void LogRequest(
        ILogger log, string client, string method, string target, int status, long? bytes, double milliseconds);
}
