using MusicMetadata.Catalog;
using MusicMetadata.Commands;
using MusicMetadata.Http;
using MusicMetadata.Sqlite;
using MusicMetadata.Tests.Binary;

namespace MusicMetadata.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var store = new StoreOptions { Database = "x" };
        Assert.Equal(Math.Max(4, Environment.ProcessorCount * 2), store.Readers);
        Assert.Equal(2 << 20, store.CacheSize);
        Assert.Equal("", store.Index);
        Assert.Equal(2L << 30, store.MmapSize);
        Assert.Equal(TimeSpan.FromSeconds(10), store.QueryTime);
        Assert.Equal(TimeSpan.FromSeconds(10), store.WaitTime);
        var server = new ServerOptions();
        Assert.Equal(":8080", server.Address);
        Assert.Equal(100, server.RateLimit);
        Assert.Equal(200, server.RateBurst);
        Assert.Equal("public, max-age=3600", server.CacheControl);
        Assert.True(server.Explorer);
        Assert.Equal(TimeSpan.FromSeconds(10), server.ShutdownTime);
    }

    [Theory]
    [InlineData(":8080")]
    [InlineData("0.0.0.0:80")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("[::1]:8080")]
    [InlineData("localhost:8080")]
    [InlineData("unix:/run/metadata-api.sock")]
    public void An_address_can_be_written_in_each_of_these_ways(string address) => Assert.NotNull(ListenAddress.Parse(address));

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":65536")]
    [InlineData(":-1")]
    [InlineData(":http")]
    [InlineData("::1:8080")]
    [InlineData("[127.0.0.1]:8080")]
    [InlineData("example.com:80")]
    [InlineData("unix:")]
    public void A_bad_address_is_refused_with_examples(string address)
    {
        var e = Assert.Throws<OperatorException>(() => ListenAddress.Parse(address));
        Assert.Contains("Examples: :8080", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_twins_are_named_after_their_options() => Assert.Equal("METADATA_API_RATE_LIMIT", Setting.EnvironmentName("rate-limit"));

    [Theory]
    [InlineData("-addr", "nonsense", 1, "-addr nonsense is no address")]
    [InlineData("-readers", "0", 1, "-readers is 0: give 1 to 1024.")]
    [InlineData("-mmap-size", "-5", 1, "-mmap-size is -5")]
    [InlineData("-cache-size", "-5", 1, "-cache-size is -5")]
    [InlineData("-rate-limit", "-1", 1, "-rate-limit is -1")]
    [InlineData("-rate-burst", "0", 1, "-rate-burst is 0")]
    [InlineData("-readers", "many", 2, "-readers is 'many': give a whole number.")]
    [InlineData("-readers", "", 2, "-readers is ''")]
    [InlineData("-nonsense", "1", 2, "-nonsense")]
    [InlineData("-db", null, 2, "-db")]
    public async Task A_bad_option_gets_one_line_that_names_it(string option, string? value, int exitCode, string reason)
    {
        var result = await ServerProcess.RunAsync(value is null ? [option] : [option, value]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(reason, Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option_and_its_twin()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("-h");
        Assert.Equal(0, exitCode);
        foreach (var option in new[] { "db", "addr", "readers", "cache-size", "mmap-size", "rate-limit", "rate-burst", "ui", "cache-control" })
        {
            Assert.Contains($"-{option} <", output, StringComparison.Ordinal);
            Assert.Contains($"[{Setting.EnvironmentName(option)}]", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-db={0}", "-addr=127.0.0.1:0")]
    [InlineData("--db={0}", "--addr=127.0.0.1:0")]
    public async Task Options_may_have_an_equals_sign_and_two_dashes(string database, string address)
    {
        await using var server = await ServerProcess.LaunchAsync([string.Format(null, database, _folder.AddConformanceCatalog()), address], []);
        Assert.Equal("{\"status\":\"ok\"}", await server.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Options_can_come_from_the_environment_and_the_command_line_wins()
    {
        await using var server = await ServerProcess.LaunchAsync(["-addr", "127.0.0.1:0"], new()
        {
            ["METADATA_API_DB"] = _folder.AddConformanceCatalog(),
            ["METADATA_API_ADDR"] = "nonsense",
            ["METADATA_API_READERS"] = "3",
        });
        Assert.Equal("{\"status\":\"ok\"}", await server.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var database = _folder.AddConformanceCatalog();
        await using var server = await ServerProcess.StartAsync(database);
        var (exitCode, output) = await ServerProcess.RunAsync("-db", database, "-addr", $"127.0.0.1:{server.Address.Port}");
        Assert.Equal(1, exitCode);
        Assert.Contains($"metadata-api: 127.0.0.1:{server.Address.Port} is in use by another program. Stop it, or listen elsewhere with -addr.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unix_socket_is_served()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var socket = _folder["http.sock"];
        await using var server = await ServerProcess.LaunchAsync(["-db", _folder.AddConformanceCatalog(), "-addr", "unix:" + socket], []);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
                await connection.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(socket), cancellation);
                return new System.Net.Sockets.NetworkStream(connection, ownsSocket: true);
            },
        });
        Assert.Equal("{\"status\":\"ok\"}", await client.GetStringAsync("http://localhost/health"));
    }

    public void Dispose() => _folder.Dispose();
}
