using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Lists;

/// <summary>One request over one connection.</summary>
/// <remarks>
/// On a bare socket, as the health check: the framework's client would add 2.8 MB to the executable, and TLS a library that machines
/// may lack. HTTP/1.0, so that the end of the connection is the end of the answer.
/// </remarks>
internal static class PlainHttp
{
    /// <summary>Longer than a server works on a request unless told otherwise.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Sends JSON, and reads the answer.</summary>
    /// <param name="server">The address of the server, and what a proxy puts before its paths.</param>
    /// <param name="path">What to ask, without a slash in front.</param>
    /// <param name="token">A bearer token; null for none.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The status and the body of the answer.</returns>
    /// <exception cref="OperatorException">The server cannot be reached, does not answer, or answers something else than HTTP.</exception>
    public static async Task<(int Status, ReadOnlyMemory<byte> Body)> PostAsync(
        Uri server, string path, string? token, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(Limit);
        var head = $"POST {server.AbsolutePath.TrimEnd('/')}/{path} HTTP/1.0\r\nHost: {server.Authority}\r\n"
            + "Content-Type: application/json\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
            + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.DnsSafeHost, server.Port, timer.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), timer.Token);
            await stream.WriteAsync(body, timer.Token);
            using var answer = new MemoryStream();
            await stream.CopyToAsync(answer, timer.Token);
            return Split(answer.GetBuffer().AsMemory(0, (int)answer.Length))
                ?? throw new OperatorException($"What listens at {server} does not speak HTTP.");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new OperatorException($"The server at {server} cannot be asked: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new OperatorException($"The server at {server} has not answered within {Limit.TotalSeconds} s.");
        }
    }

    private static (int, ReadOnlyMemory<byte>)? Split(ReadOnlyMemory<byte> answer)
    {
        var end = answer.Span.IndexOf("\r\n\r\n"u8);
        return end > 0
            && Encoding.ASCII.GetString(answer.Span[..end]).Split(' ', 3) is [var version, var status, _]
            && version.StartsWith("HTTP/1.", StringComparison.Ordinal)
            && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, answer[(end + 4)..])
            : null;
    }
}
