using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Tests.Binary;

public sealed class ShutdownTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task A_signal_ends_the_server_with_exit_code_0(int signal)
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        _ = await server.Client.GetStringAsync("/health");
        server.Signal(signal);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_request_that_had_begun_is_still_answered_and_no_new_connection_taken()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        const string Body = "{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\"]}";
        _ = await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..10]}"));
        await WaitUntilReadingAsync(server);
        server.Signal(Terminate);
        await WaitUntilRefusedAsync(server);
        _ = await socket.SendAsync(Encoding.ASCII.GetBytes(Body[10..]));
        var answer = new byte[65536];
        var length = await socket.ReceiveAsync(answer);
        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_body_that_never_comes_delays_the_end_and_is_no_error_of_the_servers()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        _ = await socket.SendAsync("POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n{\"tracks\":"u8.ToArray());
        await WaitUntilReadingAsync(server);
        server.Signal(Terminate);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain("fail: ", server.Log, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The server has taken the first connection when it answers a second one: it accepts them in order.</summary>
    private static async Task WaitUntilReadingAsync(ServerProcess server)
    {
        _ = await server.Client.GetStringAsync("/health");
        _ = await server.Client.GetStringAsync("/health");
    }

    private static async Task WaitUntilRefusedAsync(ServerProcess server)
    {
        for (var i = 0; i < 500; i++)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(server.Address.Host, server.Address.Port);
                await Task.Delay(10);
            }
            catch (SocketException)
            {
                return;
            }
        }

        Assert.Fail("The server still takes connections.");
    }
}
