using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Tests.Http;

/// <summary>Requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes as they are and returns all that comes back before the server closes the connection.</summary>
    public static async Task<string> SendAsync(Uri server, string request) => await SendAsync(server, Encoding.Latin1.GetBytes(request));

    /// <inheritdoc cref="SendAsync(Uri, string)"/>
    public static async Task<string> SendAsync(Uri server, byte[] request)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port, timeout.Token);
        _ = await socket.SendAsync(request, timeout.Token);
        var answer = new StringBuilder();
        var buffer = new byte[65536];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, timeout.Token)) > 0)
        {
            _ = answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    /// <summary>A GET request for a target that is not touched.</summary>
    public static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
}
