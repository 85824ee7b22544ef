using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace MusicMetadata.Tests.Binary;

/// <summary>What whoever starts the program wrongly sees: one line that says what to do, and an exit code that is not 0.</summary>
public class StartFailureTests
{
    [Theory]
    [InlineData("main_database.sqlite3")]
    [InlineData("track_files.sqlite3")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_database_that_may_not_be_read(string file)
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        File.SetUnixFileMode(folder[file], UnixFileMode.None);

        await AssertFailsAsync($"{folder[file]} may not be read by user", ["-db", database, "-addr", "127.0.0.1:0"], ServerProcess.RunWithoutOverridingAsync);
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString()!;

        await AssertFailsAsync($"{address} is in use by another program", ["-db", folder.AddConformanceCatalog(), "-addr", address]);
        await AssertFailsAsync($"{address} is in use by another program. Stop it, or listen elsewhere with -addr or -metrics-addr.", ["-db", folder["main_database.sqlite3"], "-addr", "127.0.0.1:0", "-metrics-addr", address]);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData(":65536")]
    [InlineData("::1:8080")]
    [InlineData("example.org:80")]
    [InlineData("unix:")]
    public async Task An_address_that_is_none(string address)
    {
        using var folder = new TemporaryFolder();
        await AssertFailsAsync($"-addr {address} is no address to listen on", ["-db", folder.AddConformanceCatalog(), "-addr", address]);
    }

    [Theory]
    [InlineData("192.0.2.1:0")]
    [InlineData("unix:/no/such/folder/http.sock")]
    public async Task An_address_that_this_machine_does_not_have(string address)
    {
        using var folder = new TemporaryFolder();
        await AssertFailsAsync($"Cannot listen on {address}", ["-db", folder.AddConformanceCatalog(), "-addr", address]);
    }

    private static async Task AssertFailsAsync(string complaint, string[] arguments, Func<string[], Task<(int ExitCode, string Output)>>? run = null)
    {
        var (exitCode, output) = await (run ?? ServerProcess.RunAsync)(arguments);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("metadata-api: ", output, StringComparison.Ordinal);
        Assert.Contains(complaint, output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }
}
