using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace MusicMetadata.Server.Lifetime;

/// <summary>
/// Loses no request when the server stops. Kestrel alone closes, in the moment it stops listening, every connection on which no request has
/// arrived: one just made, and one whose client is about to send the next. Here there is a grace period between the two, in which each
/// answer tells its client that the connection ends with it.
/// </summary>
internal static class GracefulStop
{
    /// <summary>
    /// From refusing new connections to closing idle ones. Long enough for a request that is on its way, too short for anybody to mind.
    /// </summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMilliseconds(300);

    /// <summary>For connections of the backlog to be accepted.</summary>
    private static readonly TimeSpan BacklogDrain = TimeSpan.FromMilliseconds(50);

    /// <summary>Puts the grace period between refusing connections and closing them.</summary>
    public static void AddTo(IServiceCollection services) => services.AddSingleton<IConnectionListenerFactory, ListenerFactory>();

    /// <summary>Sends <c>Connection: close</c> with every answer once the server has been told to stop.</summary>
    public static void UseGracefulStop(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use(next => context =>
        {
            if (stopping.IsCancellationRequested)
            {
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
    }

    private sealed class ListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
    {
        private readonly SocketTransportFactory _sockets;
        private Socket? _bound;

        public ListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
        {
            options.Value.CreateBoundListenSocket = endpoint => _bound = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            _sockets = new SocketTransportFactory(options, loggers);
        }

        public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

        public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            // Kestrel binds one address after another.
            var listener = await _sockets.BindAsync(endpoint, cancellationToken);
            return new Listener(listener, _bound!);
        }
    }

    private sealed class Listener(IConnectionListener listener, Socket socket) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            listener.AcceptAsync(cancellationToken);

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            if (OperatingSystem.IsLinux() && socket.AddressFamily != AddressFamily.Unix)
            {
                DropNewConnections();
                await Task.Delay(BacklogDrain, CancellationToken.None);
            }

            await listener.UnbindAsync(cancellationToken);
            await Task.Delay(GracePeriod, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => listener.DisposeAsync();

        /// <summary>
        /// Drops what else arrives at the listening socket (socket(7), SO_ATTACH_FILTER), so that its backlog drains: closing it would
        /// reset every connection in there, which its client takes for made. Who comes now tries again after a second, and is refused, or
        /// served by a new server.
        /// </summary>
        private unsafe void DropNewConnections()
        {
            const int SocketLevel = 1;
            const int AttachFilter = 26;

            // One instruction: return 0, the number of bytes to keep of a packet.
            var instruction = 0x06L;
            Span<nint> program = [1, (nint)(&instruction)];
            try
            {
                socket.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes(program));
            }
            catch (SocketException)
            {
                // A kernel without filters: what is in the backlog in the moment of closing is reset.
            }
        }
    }
}
