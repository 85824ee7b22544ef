using System.Net.Sockets;
using System.Text;

namespace MusicMetadata.Tests.Server;

/// <summary>What systemd hears from the server; sd_notify(3).</summary>
public class SystemdNotificationTests
{
    [Fact]
    public async Task It_is_told_of_readiness_life_and_the_stop_in_that_order()
    {
        using var folder = new TemporaryFolder();
        using var socket = Bind(folder["notify.sock"]);
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = folder["notify.sock"],
            ["WATCHDOG_USEC"] = "400000",
        });

        Assert.Equal("READY=1", await ReceiveAsync(socket));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("WATCHDOG=1", await ReceiveAsync(socket));
        }

        server.Signal(15);
        var last = "";
        await Wait.UntilAsync(async () => (last = await ReceiveAsync(socket)) != "WATCHDOG=1");
        Assert.Equal("STOPPING=1", last);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_full_server_is_not_restarted()
    {
        using var folder = new TemporaryFolder();
        using var socket = Bind(folder["notify.sock"]);
        var environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = folder["notify.sock"], ["WATCHDOG_USEC"] = "400000" };
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), environment, "-max-connections", "5");
        Assert.Equal("READY=1", await ReceiveAsync(socket));
        var connections = new List<RawHttp>();
        for (var i = 0; i < 10; i++)
        {
            // Again each time: a probe under way may have had the last connection.
            for (var j = 0; j < 6; j++)
            {
                connections.Add(await RawHttp.ConnectAsync(server.Address));
            }

            Assert.Equal("WATCHDOG=1", await ReceiveAsync(socket));
        }

        var (exitCode, output) = await ServerProcess.RunAsync("healthcheck", "-addr", $"127.0.0.1:{server.Address.Port}");
        Assert.Equal(1, exitCode);
        Assert.Contains("-max-connections", output, StringComparison.Ordinal);
        connections.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task No_sign_of_life_is_sent_when_none_is_asked_of_this_process()
    {
        using var folder = new TemporaryFolder();
        using var socket = Bind(folder["notify.sock"]);
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = folder["notify.sock"],
            ["WATCHDOG_USEC"] = "400000",
            ["WATCHDOG_PID"] = "1",
        });

        Assert.Equal("READY=1", await ReceiveAsync(socket));
        server.Signal(2);
        Assert.Equal("STOPPING=1", await ReceiveAsync(socket));
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(60)));
    }

    private static Socket Bind(string path)
    {
        Needs.Unix("service manager that is told by datagrams");
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        var buffer = new byte[1000];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }
}
