using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Lifetime;

/// <summary>
/// Gives every request its deadline, and aborts the connection of one that has been under way for too long. Reading is synchronous, and
/// from storage that has gone, such as a share whose server is off, a read never comes back: nothing else could tell the client so.
/// </summary>
/// <remarks>
/// Kestrel's heartbeat checks each connection once a second; a request itself costs two writes. The reader stays with the thread that is
/// stuck until the storage answers; <c>ReaderPool</c> bounds how many there can be.
/// </remarks>
internal static partial class RequestDeadline
{
    private static readonly LogThrottle Throttle = new();

    /// <summary>What a request that notices by itself that its time is up has for saying so.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Times the requests of a listener's connections. HTTP/1.1 has one request at a time on each.</summary>
    public static void AddTo(ListenOptions listener, ServerOptions options)
    {
        var metrics = listener.ApplicationServices.GetRequiredService<ServerMetrics>();
        var log = listener.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestDeadline).Namespace!);
        _ = listener.Use(next => connection =>
        {
            var timed = new TimedConnection(connection, options, metrics, log);
            connection.Features.Set(timed);
            connection.Features.GetRequiredFeature<IConnectionHeartbeatFeature>()
                .OnHeartbeat(static state => ((TimedConnection)state).AbortIfOverdue(), timed);
            return next(connection);
        });
    }

    /// <summary>Puts it into the pipeline: what follows is the request that is timed.</summary>
    public static void UseRequestDeadline(this WebApplication app) =>
        app.Use(next => async context =>
        {
            var connection = context.Features.GetRequiredFeature<TimedConnection>();
            connection.Begin();
            try
            {
                await next(context);
            }
            finally
            {
                connection.End();
            }
        });

    /// <summary>Until when a lookup or search is worth going on with.</summary>
    public static Deadline QueryDeadline(this HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<TimedConnection>();
        return connection.DeadlineAfter(connection.Options.QueryTime, context.RequestAborted);
    }

    /// <summary>Until when a batch is, which asks many times.</summary>
    public static Deadline BatchDeadline(this HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<TimedConnection>();
        return connection.DeadlineAfter(connection.Options.RequestTime, context.RequestAborted);
    }

    [LoggerMessage(
        EventId = 35,
        Level = LogLevel.Error,
        Message = "Aborted a request that could not end within {Seconds} s ({More} more since the last such line). "
            + "If /readyz says 503, the storage does not answer")]
    private static partial void LogAborted(ILogger log, long seconds, int more);

    private sealed class TimedConnection(ConnectionContext connection, ServerOptions options, ServerMetrics metrics, ILogger log)
    {
        private readonly long _limit = (long)(options.RequestTime + Grace).TotalMilliseconds;

        /// <summary>By <see cref="Environment.TickCount64"/>; 0 between requests.</summary>
        private long _began;

        public ServerOptions Options => options;

        /// <summary>A time from the beginning of the request.</summary>
        public Deadline DeadlineAfter(TimeSpan limit, CancellationToken cancellation) =>
            Deadline.From(Volatile.Read(ref _began), limit, cancellation);

        public void Begin() => Volatile.Write(ref _began, Environment.TickCount64);

        public void End() => Volatile.Write(ref _began, 0);

        public void AbortIfOverdue()
        {
            var began = Volatile.Read(ref _began);
            if (began != 0 && Environment.TickCount64 - began > _limit)
            {
                // Once: the request goes on until its read comes back.
                End();
                metrics.CountAborted();
                connection.Abort(new ConnectionAbortedException("The request took too long."));
                if (Throttle.TryAcquire(out var more))
                {
                    LogAborted(log, _limit / 1000, more);
                }
            }
        }
    }
}
