using System.CommandLine;
using MusicMetadata.Commands;
using MusicMetadata.Server;

namespace MusicMetadata.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(":8080")]
    [InlineData("0.0.0.0:80")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("[::1]:8080")]
    [InlineData("localhost:8080")]
    [InlineData("unix:/run/metadata-api.sock")]
    public void An_address_can_be_written_in_each_of_these_ways(string address) =>
        Assert.Equal(address, ListenAddress.Parse(address).ToString());

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
        var e = Assert.Throws<FormatException>(() => ListenAddress.Parse(address));
        Assert.Contains("such as :8080", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_twins_are_named_after_their_options() =>
        Assert.Equal("METADATA_API_RATE_LIMIT", Setting.EnvironmentName("rate-limit"));

    [Theory]
    [InlineData("-addr", "nonsense", "-addr is 'nonsense': give an address to listen on")]
    [InlineData("-readers", "0", "-readers is '0': give 1 to 1024.")]
    [InlineData("-mmap-size", "-5", "-mmap-size is '-5'")]
    [InlineData("-cache-size", "-5", "-cache-size is '-5'")]
    [InlineData("-rate-limit", "-1", "-rate-limit is '-1'")]
    [InlineData("-rate-burst", "0", "-rate-burst is '0'")]
    [InlineData("-readers", "many", "-readers is 'many': give 1 to 1024.")]
    [InlineData("-readers", "", "-readers is ''")]
    [InlineData("-db", "", "-db is '': give the path of main_database.sqlite3.")]
    [InlineData("-watch", "86401", "-watch is '86401'")]
    [InlineData("-request-time", "0", "-request-time is '0'")]
    [InlineData("-max-connections", "-1", "-max-connections is '-1'")]
    [InlineData("-cache-control", "public,,=", "-cache-control is 'public,,='")]
    [InlineData("-forwarded-header", "Via", "-forwarded-header is 'Via'")]
    [InlineData("-log-format", "xml", "-log-format is 'xml'")]
    [InlineData("-cors", "music.example", "-cors is 'music.example': 'music.example' is no origin")]
    [InlineData("-metrics-addr", "x", "-metrics-addr is 'x': give an address")]
    [InlineData("-nonsense", "1", "-nonsense")]
    [InlineData("-db", null, "-db")]
    public async Task A_bad_option_gets_one_line_that_names_it(string option, string? value, string reason)
    {
        var result = await ServerProcess.RunAsync(value is null ? [option] : [option, value]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    public async Task A_switch_takes_true_and_false_only(string value)
    {
        foreach (var arguments in new string[][] { ["-access-log", value], [$"-access-log={value}"] })
        {
            var (exitCode, output) = await ServerProcess.RunAsync(arguments);
            Assert.Equal(2, exitCode);
            Assert.Contains(
                $"'{value}'", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, "-access-log")]
    [InlineData(true, "--access-log")]
    [InlineData(true, "-access-log", "-readers=1")]
    [InlineData(true, "-access-log", "true")]
    [InlineData(true, "-access-log=true")]
    [InlineData(false, "-access-log", "false")]
    [InlineData(false, "-access-log=false")]
    [InlineData(false)]
    public void A_switch_without_a_value_is_on(bool isOn, params string[] arguments)
    {
        var command = new RootCommand();
        var settings = new ServerSettings();
        settings.AddTo(command);
        new StoreSettings().AddTo(command);
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        Assert.Equal(isOn, settings.Read(parsed).AccessLog);
    }

    [Theory]
    [InlineData("LOG_LEVEL", "fatal", "LOG_LEVEL is 'fatal': give debug")]
    [InlineData("METADATA_API_LOG_LEVEL", "fatal", "METADATA_API_LOG_LEVEL is 'fatal': give debug")]
    [InlineData("METADATA_API_READERS", "0", "METADATA_API_READERS is '0': give 1 to 1024.")]
    [InlineData("METADATA_API_READERS", "x", "METADATA_API_READERS is 'x': give 1 to 1024.")]
    [InlineData("METADATA_API_ACCESS_LOG", "yes", "METADATA_API_ACCESS_LOG is 'yes': give true or false.")]
    [InlineData("METADATA_API_TRUSTED_PROXIES", "x", "METADATA_API_TRUSTED_PROXIES is 'x': 'x' is no network;")]
    [InlineData("METADATA_API_READERS", "0", "-readers is '-1': give 1 to 1024.", "-readers", "-1")]
    public async Task A_bad_variable_gets_one_line_that_names_it(string variable, string value, string reason, params string[] arguments)
    {
        await using var server = ServerProcess.Launch(arguments, new() { [variable] = value });
        Assert.Equal(2, await server.WaitForExitAsync());
        Assert.StartsWith(
            "metadata-api: " + reason,
            Assert.Single(server.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("healthcheck")]
    [InlineData(null)]
    public async Task A_socket_with_too_long_a_path_gets_one_line(string? command)
    {
        var address = "unix:/" + new string('x', 108);
        var (exitCode, output) = await ServerProcess.RunAsync([.. command is null ? [] : (string[])[command], "-addr", address]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith(
            $"metadata-api: -addr is '{address}': give a shorter one",
            Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_foresaw_is_one_line_and_a_trace_only_for_those_who_ask()
    {
        Needs.Linux("/dev/full");
        string[] arguments = ["-c", $"exec '{ServerProcess.Executable}' version > /dev/full"];
        foreach (var level in new[] { "", "debug" })
        {
            await using var process = ServerProcess.Launch(arguments, new() { ["LOG_LEVEL"] = level }, program: "sh");
            Assert.Equal(1, await process.WaitForExitAsync());
            Assert.StartsWith("metadata-api: ", process.Log, StringComparison.Ordinal);
            Assert.Contains("IOException: No space left on device", process.Log, StringComparison.Ordinal);
            Assert.Equal(level == "debug", process.Log.Contains("   at ", StringComparison.Ordinal));
            Assert.Equal(level == "", process.Log.TrimEnd().Split('\n').Length == 1);
        }
    }

    [Theory]
    [InlineData("METADATA_API_DB", "Give the path of main_database.sqlite3 with METADATA_API_DB, or try")]
    [InlineData(null, "Give the path of main_database.sqlite3 with -db, or try")]
    public async Task A_missing_database_is_blamed_on_what_named_it(string? variable, string remedy)
    {
        var missing = _folder["missing.sqlite3"];
        await using var server = variable is null
            ? ServerProcess.Launch(["-db", missing], [])
            : ServerProcess.Launch([], new() { [variable] = missing });
        Assert.Equal(1, await server.WaitForExitAsync());
        Assert.StartsWith($"metadata-api: {missing} does not exist. {remedy}", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_options_and_their_environment_twins()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("-h");
        Assert.Equal(0, exitCode);
        string[] options = ["db", "addr", "readers", "cache-size", "mmap-size", "rate-limit", "rate-burst", "ui", "cache-control"];
        foreach (var option in options)
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
        await using var server = await ServerProcess.LaunchAsync(
            [string.Format(null, database, _folder.AddConformanceCatalog()), address], []);
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
        Assert.Contains(
            $"metadata-api: 127.0.0.1:{server.Address.Port} is in use by another program. Stop it, or listen elsewhere with -addr.",
            output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unix_socket_is_served()
    {
        Needs.Unix("paths that begin with a slash");
        var socket = _folder["http.sock"];
        await using var server = await ServerProcess.LaunchAsync(["-db", _folder.AddConformanceCatalog(), "-addr", "unix:" + socket], []);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new System.Net.Sockets.Socket(
                    System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
                await connection.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(socket), cancellation);
                return new System.Net.Sockets.NetworkStream(connection, ownsSocket: true);
            },
        })
        {
            Timeout = Wait.Limit,
        };
        Assert.Equal("{\"status\":\"ok\"}", await client.GetStringAsync("http://localhost/health"));
    }

    public void Dispose() => _folder.Dispose();
}
