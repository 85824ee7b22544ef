using Microsoft.Extensions.Logging.Console;

namespace MusicMetadata.Server.Telemetry;

/// <summary>
/// The log: one line an event on standard error, by the framework's formatters. Both write a line break inside a message as something
/// else, so that no path or header can forge a line.
/// </summary>
internal static class ServerLog
{
    /// <summary>Sets it up.</summary>
    public static void AddServerLog(this WebApplicationBuilder builder, ServerOptions options)
    {
        const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";
        if (options.LogFormat == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = Timestamp;
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
                console.TimestampFormat = Timestamp + " ";
                console.UseUtcTimestamp = true;
            });
        }

        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // A full pipe, such as a stopped journal, must not stop requests.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        var level = options.LogLevel;
        builder.Logging.SetMinimumLevel(level);

        // It logs a failed start as an error with a stack trace, which the one line that the operator is told would drown in.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // All it could say is said by Problems and the access log; while it may log, the framework makes an activity for each request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft", (LogLevel)Math.Max((int)level, (int)LogLevel.Warning));

        // The only part of the framework that has something to tell about connections, and the only one that escapes what clients sent.
        // Without debug not a line for each connection beyond the limit, which is a metric: an attack would fill the disk.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", level == LogLevel.Debug ? level : LogLevel.Error);
    }
}
