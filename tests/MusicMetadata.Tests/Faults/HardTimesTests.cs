using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MusicMetadata.Sqlite;
using MusicMetadata.Tests.Binary;

namespace MusicMetadata.Tests.Faults;

/// <summary>Signals under load, clients that vanish or dawdle, and a process out of descriptors.</summary>
public sealed class HardTimesTests : IDisposable
{
    private const string Track = "/lookup/track/wnCK1AIfsiaubgjkCieLBF";
    private const int Kill = 9;
    private const int Terminate = 15;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Fifty_reloads_of_two_catalogs_under_load_cost_no_request()
    {
        const string Search = "/search/track?q=love";
        var catalogs = await MakeTwoCatalogsAsync();
        Put(catalogs[0]);
        await using var server = await ServerProcess.StartAsync(_folder["main_database.sqlite3"]);
        var descriptors = await DescriptorsAsync(server);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var answered = 0;
            while (!stop.IsCancellationRequested)
            {
                using var lookup = await server.Client.GetAsync(Track);
                Assert.Equal(HttpStatusCode.OK, lookup.StatusCode);
                using var batch = await server.Client.PostAsync("/batch/lookup", new StringContent("{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\"]}"));
                Assert.Contains("\"wnCK1AIfsiaubgjkCieLBF\":{", await batch.Content.ReadAsStringAsync(), StringComparison.Ordinal);

                // Of the one catalog or the other, never of both.
                var found = await server.Client.GetStringAsync(Search);
                Assert.Contains(catalogs, catalog => catalog.Found == found);
                answered += 3;
            }

            return answered;
        })).ToArray();
        for (var reload = 1; reload <= 50; reload++)
        {
            Put(catalogs[reload % 2]);
            server.Signal(ServerProcess.HangUp);
            await WaitForMetricAsync(server, "metadata_api_reloads_total{result=\"ok\"}", value => value >= reload);
            Assert.Equal(catalogs[reload % 2].Found, await server.Client.GetStringAsync(Search));
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(clients), answered => Assert.True(answered > 0));
        Assert.DoesNotContain("Reload rejected", server.Log, StringComparison.Ordinal);
        Assert.Contains("metadata_api_searches_total{by=\"scan\"} 0\n", await server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        // The files of the catalogs that were replaced are closed, so descriptors do not grow with each reload.
        await WaitForMetricAsync(server, "process_open_fds", value => value < descriptors + 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SIGTERM_under_load_loses_no_request(bool keepAlive)
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        var answered = 0;
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(() => AskUntilRefusedAsync(server, keepAlive, () => Interlocked.Increment(ref answered)))).ToArray();
        while (Volatile.Read(ref answered) < 500)
        {
            await Task.Delay(10);
        }

        server.Signal(Terminate);
        var lost = (await Task.WhenAll(clients)).Sum();
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(30)));

        // A connection in the instant that the kernel stops taking them may be reset; without the farewell it is most of the clients.
        Assert.InRange(lost, 0, OperatingSystem.IsLinux() ? 2 : 8);
    }

    [Fact]
    public async Task After_kill_9_it_starts_again_on_the_same_port()
    {
        var main = _folder.AddConformanceCatalog();
        await using var killed = await ServerProcess.StartAsync(main);
        Assert.Equal(HttpStatusCode.OK, (await killed.Client.GetAsync(Track)).StatusCode);
        killed.Signal(Kill);
        _ = await killed.WaitForExitAsync(TimeSpan.FromSeconds(30));
        await using var again = await ServerProcess.StartAsync(main, "-addr", $"127.0.0.1:{killed.Address.Port}");
        Assert.Equal(HttpStatusCode.OK, (await again.Client.GetAsync(Track)).StatusCode);
    }

    [Fact]
    public async Task Clients_that_vanish_in_the_middle_of_a_batch_leave_nothing_behind()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        var descriptors = await DescriptorsAsync(server);
        var ids = string.Join(',', Enumerable.Repeat("\"wnCK1AIfsiaubgjkCieLBF\"", 400));
        var body = $"{{\"tracks\":[{ids}]}}";
        var request = Encoding.ASCII.GetBytes($"POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        for (var client = 0; client < 1000; client++)
        {
            using var socket = await ConnectAsync(server);
            _ = await socket.SendAsync(client % 2 == 0 ? request : request.AsMemory(0, request.Length / 2));

            // Without a farewell: the server meets a reset while it reads or writes.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(Track)).StatusCode);
        await WaitForMetricAsync(server, "metadata_api_readers_in_use", value => value == 0);
        await WaitForMetricAsync(server, "process_open_fds", value => value < descriptors + 40);
        Assert.False(server.Log.Contains(" fail: ", StringComparison.Ordinal), server.Log);
    }

    [Fact]
    public async Task Clients_that_dawdle_over_heads_or_bodies_are_cut_off_and_others_served()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        var dawdlers = new List<Socket>();
        for (var i = 0; i < 200; i++)
        {
            var socket = await ConnectAsync(server);
            _ = await socket.SendAsync(Encoding.ASCII.GetBytes(i % 2 == 0
                ? "GET /lookup/track/x HTTP/1.1\r\nHost: te"
                : "POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: 5000\r\n\r\n{\"tracks\":["));
            dawdlers.Add(socket);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(Track)).StatusCode);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var socket in dawdlers)
        {
            var buffer = new byte[4096];
            while (await ReceiveAsync(socket, buffer, patience.Token) > 0)
            {
            }

            socket.Dispose();
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(Track)).StatusCode);
    }

    [Fact]
    public async Task Connections_never_take_the_descriptors_that_files_need()
    {
        // The just-in-time compiler needs descriptors for the code that it makes, and ends the process when there are none.
        if (!ServerProcess.IsPublished || !OperatingSystem.IsLinux())
        {
            return;
        }

        var main = _folder.AddConformanceCatalog();
        await using var server = await ServerProcess.LaunchAsync(
            ["--nofile=400", ServerProcess.Executable, "-db", main, "-addr", "127.0.0.1:0", "-rate-limit", "0"], [], program: "prlimit");

        // How many there may be depends on the number of readers, and that on the processors. On a connection that was there before.
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/livez")).StatusCode);
        var idle = new List<Socket>();
        for (var i = 0; i < 600; i++)
        {
            idle.Add(await ConnectAsync(server));
        }

        await WaitForMetricAsync(server, "kestrel_rejected_connections_total", value => value >= 100);
        foreach (var path in new[] { Track, "/search/track?q=lu", "/metrics", "/readyz" })
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(path)).StatusCode);
        }

        server.Signal(ServerProcess.HangUp);
        await WaitForMetricAsync(server, "metadata_api_reloads_total{result=\"ok\"}", value => value == 1);
        idle.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_refused_and_counted()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-max-connections", "20");

        // The first of the twenty, over which the figure is read.
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/livez")).StatusCode);
        var open = new List<Socket>();
        for (var i = 0; i < 50; i++)
        {
            open.Add(await ConnectAsync(server));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await ReceiveAsync(open[^1], new byte[1], patience.Token));
        await WaitForMetricAsync(server, "kestrel_rejected_connections_total", value => value == 31);
        open.ForEach(socket => socket.Dispose());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The recorded catalog and the same with other names, each with its index, and what a search finds in it.</summary>
    private async Task<(string Folder, string Found)[]> MakeTwoCatalogsAsync()
    {
        var main = _folder.AddConformanceCatalog();
        var made = new List<(string Folder, string Found)>();
        foreach (var name in new[] { "one", "two" })
        {
            using (var connection = Connection.OpenForWriting(main))
            {
                connection.Execute($"UPDATE tracks SET name = 'love {name} ' || rowid WHERE rowid % 50 = 0");
            }

            Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", main)).ExitCode);
            await using var server = await ServerProcess.StartAsync(main);
            made.Add((_folder[name], await server.Client.GetStringAsync("/search/track?q=love")));
            _ = Directory.CreateDirectory(_folder[name]);
            foreach (var file in Directory.EnumerateFiles(_folder.Path))
            {
                File.Copy(file, Path.Combine(_folder[name], Path.GetFileName(file)));
            }
        }

        Assert.NotEqual(made[0].Found, made[1].Found);
        return [.. made];
    }

    /// <summary>Renames copies of a catalog's files into their places, the index first.</summary>
    private void Put((string Folder, string Found) catalog)
    {
        foreach (var name in new[] { "search_index.sqlite3", "track_files.sqlite3", "main_database.sqlite3" })
        {
            File.Copy(Path.Combine(catalog.Folder, name), _folder["new"]);
            File.Move(_folder["new"], _folder[name], overwrite: true);
        }
    }

    /// <summary>Under <c>dotnet test</c> each assembly is an open file too.</summary>
    internal static async Task<double> DescriptorsAsync(ServerProcess server)
    {
        _ = await server.Client.GetStringAsync(Track);
        var line = (await server.Client.GetStringAsync("/metrics")).Split('\n').Single(line => line.StartsWith("process_open_fds{} ", StringComparison.Ordinal));
        return double.Parse(line["process_open_fds{} ".Length..], CultureInfo.InvariantCulture);
    }

    private static async Task<Socket> ConnectAsync(ServerProcess server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        return socket;
    }

    /// <summary>Asks over and over until connecting is refused; the number of requests that were sent and not answered whole.</summary>
    private static async Task<int> AskUntilRefusedAsync(ServerProcess server, bool keepAlive, Action answered)
    {
        var request = Encoding.ASCII.GetBytes($"GET /search/track?q=lu&limit=50 HTTP/1.1\r\nHost: test\r\nConnection: {(keepAlive ? "keep-alive" : "close")}\r\n\r\n");
        var buffer = new byte[256 * 1024];
        var lost = 0;
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(server.Address.Host, server.Address.Port);
            }
            catch (SocketException)
            {
                return lost;
            }

            var head = "";
            do
            {
                try
                {
                    _ = await socket.SendAsync(request);
                    head = await ReadAnswerAsync(socket, buffer);
                    answered();
                }
                catch (Exception e) when (e is SocketException or EndOfStreamException)
                {
                    lost++;
                    break;
                }
            }
            while (keepAlive && !head.Contains("Connection: close", StringComparison.Ordinal));
        }
    }

    /// <summary>Reads one answer to the end of its length and returns its head.</summary>
    private static async Task<string> ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += read > 0 ? read : throw new EndOfStreamException();
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Encoding.ASCII.GetString(buffer, 0, end);
                var body = int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], CultureInfo.InvariantCulture);
                if (length == end + 4 + body)
                {
                    return head;
                }
            }
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer, CancellationToken patience)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, patience);
        }
        catch (SocketException)
        {
            // Reset is a way to close too.
            return 0;
        }
    }

    /// <summary>Waits until a figure, summed over its series, is as it should be.</summary>
    internal static async Task WaitForMetricAsync(ServerProcess server, string name, Func<double, bool> isRight)
    {
        var value = 0.0;
        for (var i = 0; i < 500; i++)
        {
            try
            {
                var lines = (await server.Client.GetStringAsync("/metrics")).Split('\n');
                value = lines.Where(line => line.StartsWith(name + (name.EndsWith('}') ? " " : "{"), StringComparison.Ordinal))
                    .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
                if (isRight(value))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // All connections may still be taken.
            }

            await Task.Delay(20);
        }

        Assert.Fail($"{name} is {value}");
    }
}
