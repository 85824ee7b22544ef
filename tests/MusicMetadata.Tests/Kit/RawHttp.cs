using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Tests.Kit;

/// <summary>A connection for requests that no client library would send. All its waits have a limit.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private RawHttp()
    {
    }

    /// <summary>Sends bytes as they are and returns all that comes back before the server closes the connection.</summary>
    public static Task<string> SendAsync(Uri server, string request) => SendAsync(server, Encoding.Latin1.GetBytes(request));

    /// <inheritdoc cref="SendAsync(Uri, string)"/>
    public static async Task<string> SendAsync(Uri server, byte[] request)
    {
        using var connection = await ConnectAsync(server);
        await connection.SendAsync(request);
        return await connection.ReadToEndAsync();
    }

    /// <summary>A GET request for a target that is not touched.</summary>
    public static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

    /// <summary>Connects to a server.</summary>
    /// <param name="server">Where it listens.</param>
    /// <param name="receiveBuffer">Bytes that may wait to be read; 0 for what the system thinks best.</param>
    /// <exception cref="SocketException">It listens no more.</exception>
    public static async Task<RawHttp> ConnectAsync(Uri server, int receiveBuffer = 0)
    {
        var connection = new RawHttp();
        try
        {
            if (receiveBuffer > 0)
            {
                connection._socket.ReceiveBufferSize = receiveBuffer;
            }

            using var limit = new CancellationTokenSource(Wait.Limit);
            await connection._socket.ConnectAsync(server.Host, server.Port, limit.Token);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes.</summary>
    /// <exception cref="SocketException">The server has closed the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, limit.Token)..];
        }
    }

    /// <summary>Says that no more is sent.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads what has come, at least a byte; 0 when the server has closed the connection.</summary>
    /// <exception cref="SocketException">The server has reset the connection.</exception>
    public async Task<int> ReceiveAsync(Memory<byte> buffer)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        return await _socket.ReceiveAsync(buffer, limit.Token);
    }

    /// <summary>Reads until the server closes or resets the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var answer = new StringBuilder();
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await ReceiveAsync(buffer)) > 0)
            {
                _ = answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A reset, when it has not read all that was sent: a way to close too.
        }

        return answer.ToString();
    }

    /// <summary>Resets the connection, which the server meets while it reads or writes.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
