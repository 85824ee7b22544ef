using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace MusicMetadata.Tests.Commands;

/// <summary>What whoever starts the program wrongly sees: one line that says what to do, and an exit code that is not 0.</summary>
public class StartFailureTests
{
    [Theory]
    [InlineData("main_database.sqlite3")]
    [InlineData("track_files.sqlite3")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_database_that_may_not_be_read_is_named(string file)
    {
        Needs.Unix("modes of files");
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        File.SetUnixFileMode(folder[file], UnixFileMode.None);

        ServerProcess.AssertRefused(
            $"{folder[file]} may not be read by user",
            await ServerProcess.RunWithoutOverridingAsync("-db", database, "-addr", "127.0.0.1:0"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_whichever_option_gave_it()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString()!;

        await ServerProcess.AssertRefusedAsync(
            $"{address} is in use by another program", "-db", folder.AddConformanceCatalog(), "-addr", address);
        await ServerProcess.AssertRefusedAsync(
            $"{address} is in use by another program. Stop it, or listen elsewhere with -addr or -metrics-addr.",
            "-db", folder["main_database.sqlite3"], "-addr", "127.0.0.1:0", "-metrics-addr", address);
    }

    [Theory]
    [InlineData("192.0.2.1:0")]
    [InlineData("unix:/no/such/folder/http.sock")]
    public async Task An_address_that_this_machine_does_not_have_is_named(string address)
    {
        using var folder = new TemporaryFolder();
        await ServerProcess.AssertRefusedAsync($"Cannot listen on {address}", "-db", folder.AddConformanceCatalog(), "-addr", address);
    }
}
