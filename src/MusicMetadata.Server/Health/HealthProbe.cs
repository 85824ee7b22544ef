using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Server.Health;

/// <summary>Asks a server of this program how it is, the way a client would: over its socket.</summary>
/// <remarks>
/// Written on a bare socket because the framework's HTTP client would add a megabyte to the executable for one line of text.
/// </remarks>
public static class HealthProbe
{
    /// <summary>
    /// What <see cref="AskAsync"/> returns when the server takes the connection and closes it at once, as it does with more than it may
    /// have.
    /// </summary>
    public const string NoAnswer = "it closed the connection without an answer";

    /// <summary>Asks once.</summary>
    /// <param name="address">Where the server was told to listen.</param>
    /// <param name="path">What to ask for.</param>
    /// <param name="timeout">How long connecting and answering may take together.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when the answer was 200, else what is wrong, without a full stop.</returns>
    /// <exception cref="OperationCanceledException">It gave up.</exception>
    public static async Task<string?> AskAsync(ListenAddress address, string path, TimeSpan timeout, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(timeout);
        var endPoint = EndPointOf(address);
        try
        {
            using var socket = new Socket(
                endPoint.AddressFamily, SocketType.Stream, endPoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
            await socket.ConnectAsync(endPoint, timer.Token);
            _ = await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n"), timer.Token);
            var status = await ReadStatusAsync(socket, timer.Token);
            return status.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)
                ? null
                : status.Length == 0
                ? NoAnswer
                : $"{path} answered '{status}'";
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return NoAnswer;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"no answer within {timeout.TotalSeconds:0.#} s";
        }
    }

    /// <summary>Where a client on the same machine reaches a server that listens at an address.</summary>
    private static EndPoint EndPointOf(ListenAddress address) => address switch
    {
        ListenAddress.UnixSocket(var path) => new UnixDomainSocketEndPoint(Path.GetFullPath(path)),
        // A server on [::] takes IPv4 too, and a container may lack IPv6.
        ListenAddress.At({ Address: var ip } at) when ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) =>
            new IPEndPoint(IPAddress.Loopback, at.Port),
        ListenAddress.At(var at) => at,
        ListenAddress.Anywhere(var port) => new IPEndPoint(IPAddress.Loopback, port),
        ListenAddress.Localhost(var port) => new IPEndPoint(IPAddress.Loopback, port),
        _ => throw new ArgumentOutOfRangeException(nameof(address)),
    };

    /// <summary>The first line of the answer, at most 100 characters of it; what came of it when the server closes early.</summary>
    private static async Task<string> ReadStatusAsync(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[100];
        var length = 0;
        int read;
        do
        {
            read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += read;
        }
        while (read > 0 && length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'));
        return Encoding.Latin1.GetString(buffer, 0, length).Split('\r', '\n')[0];
    }
}
