using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using MusicMetadata.Server.Access;

namespace MusicMetadata.Server.Telemetry;

/// <summary>Counts what is known when a request has been answered, and logs it if asked to.</summary>
internal static partial class Observation
{
    /// <summary>Puts it into the pipeline, around everything that answers.</summary>
    public static void UseObservation(this WebApplication app, ServerOptions options)
    {
        var log = options.AccessLog ? app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MusicMetadata.Access") : null;
        app.Use(next => context => ObserveAsync(context, next, log));
    }

    private static async Task ObserveAsync(HttpContext context, RequestDelegate next, ILogger? log)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            HttpMetrics.CountValidation(context);
            if (log is not null)
            {
                Log(log, context, Stopwatch.GetElapsedTime(began));
            }
        }
    }

    private static void Log(ILogger log, HttpContext context, TimeSpan elapsed)
    {
        var client = context.Connection.RemoteIpAddress is { } address ? ClientAddress.Normalize(address).ToString() : "unix";
        var method = Visible(context.Request.Method);
        var target = Visible(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        LogRequest(log, client, method, target, context.Response.StatusCode, context.Response.ContentLength, elapsed.TotalMilliseconds);
    }

    /// <summary>What a client wrote, fit for a line of a log and for the terminal that shows it: <c>\u001B</c> for what is not printable ASCII.</summary>
    internal static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character is >= ' ' and <= '~'
                ? visible.Append(character)
                : visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }

        return visible.ToString();
    }

    [LoggerMessage(EventId = 41, Level = LogLevel.Information, Message = "{Client} {Method} {Target} {Status} {Bytes} bytes {Milliseconds:0.000} ms")]
    private static partial void LogRequest(ILogger log, string client, string method, string target, int status, long? bytes, double milliseconds);
}
