using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Tests.Commands;

/// <summary>The command that a container runtime asks with, because a distroless image holds nothing else that could.</summary>
public class HealthcheckTests
{
    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1:{0}")]
    [InlineData("127.0.0.1:0", "localhost:{0}")]
    [InlineData("0.0.0.0:0", "0.0.0.0:{0}")]
    [InlineData(":0", ":{0}")]
    [InlineData("[::1]:0", "[::1]:{0}")]
    [InlineData("[::]:0", "[::]:{0}")]
    public async Task A_server_that_listens_is_well(string listen, string ask)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-addr", listen);

        var answer = await ServerProcess.RunAsync("healthcheck", "-addr", string.Format(null, ask, server.Address.Port));

        Assert.Equal((0, ""), answer);
    }

    [Fact]
    public async Task A_server_on_a_socket_file_is_well_and_then_gone()
    {
        Needs.Unix("paths that begin with a slash");
        using var folder = new TemporaryFolder();
        var address = "unix:" + folder["http.sock"];
        await using (await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-addr", address))
        {
            Assert.Equal((0, ""), await ServerProcess.RunAsync("healthcheck", "-addr", address));
        }

        await AssertUnwellAsync(address, $"The server at {address} is not ready: ");
    }

    [Fact]
    public async Task Nobody_listening_is_unwell()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString()!;
        listener.Stop();

        await AssertUnwellAsync(address, new SocketException((int)SocketError.ConnectionRefused).Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", "answered 'HTTP/1.1 503 Service Unavailable'")]
    [InlineData("HTTP/1.1 2000 \r\n\r\n", "answered 'HTTP/1.1 2000 '")]
    [InlineData("SSH-2.0-OpenSSH\r\n", "answered 'SSH-2.0-OpenSSH'")]
    [InlineData("", "closed the connection without an answer")]
    public async Task Another_answer_than_200_is_unwell(string answer, string complaint)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var limit = new CancellationTokenSource(Wait.Limit);
        var served = Task.Run(async () =>
        {
            using var client = await listener.AcceptSocketAsync(limit.Token);
            _ = await client.ReceiveAsync(new byte[1000], limit.Token);
            _ = await client.SendAsync(Encoding.ASCII.GetBytes(answer), limit.Token);
        });

        await AssertUnwellAsync(listener.LocalEndpoint.ToString()!, complaint);
        await served;
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unwell()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await AssertUnwellAsync(listener.LocalEndpoint.ToString()!, "no answer within 5 s");
    }

    private static async Task AssertUnwellAsync(string address, string complaint)
    {
        var (exitCode, output) = await ServerProcess.RunAsync("healthcheck", "-addr", address);

        Assert.Equal(1, exitCode);
        Assert.Contains(complaint, output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }
}
