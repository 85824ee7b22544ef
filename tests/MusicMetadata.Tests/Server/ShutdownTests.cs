using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Tests.Server;

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
        using var connection = await RawHttp.ConnectAsync(server.Address);
        const string Body = "{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\"]}";
        await connection.SendAsync(
            Encoding.ASCII.GetBytes($"POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..10]}"));
        await WaitUntilReadingAsync(server);
        server.Signal(Terminate);
        await WaitUntilRefusedAsync(server);
        await connection.SendAsync(Encoding.ASCII.GetBytes(Body[10..]));
        Assert.StartsWith("HTTP/1.1 200 OK", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_body_that_never_comes_does_not_keep_the_server_from_ending_and_is_no_error_of_it()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        using var connection = await RawHttp.ConnectAsync(server.Address);
        await connection.SendAsync("POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n{\"tracks\":"u8.ToArray());
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

    private static Task WaitUntilRefusedAsync(ServerProcess server) => Wait.UntilAsync(
        async () =>
        {
            try
            {
                using var connection = await RawHttp.ConnectAsync(server.Address);
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        },
        asked: "connections are refused");
}
