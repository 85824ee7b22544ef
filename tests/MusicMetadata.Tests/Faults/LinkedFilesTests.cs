using System.Net;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Faults;

/// <summary>
/// Files that are links, as where each delivery has a folder of its own: the file at a link's end is what counts, never the link.
/// </summary>
public sealed class LinkedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _main;

    public LinkedFilesTests()
    {
        Needs.Unix("links that anybody may make");
        _ = Directory.CreateDirectory(_folder["store"]);
        _ = Directory.CreateDirectory(_folder["links"]);
        _ = _folder.AddConformanceCatalog();
        foreach (var name in new[] { "main_database.sqlite3", "track_files.sqlite3" })
        {
            File.Move(_folder[name], Stored(name));
            Link(name, Stored(name));
        }

        _main = Linked("main_database.sqlite3");
    }

    [Fact]
    public async Task A_relative_link_in_a_folder_that_is_a_link_is_followed_as_the_system_does()
    {
        // current -> releases/42, and in it links to ../../store: from current itself that would lead elsewhere.
        _ = Directory.CreateDirectory(_folder["releases/42"]);
        foreach (var name in new[] { "main_database.sqlite3", "track_files.sqlite3" })
        {
            _ = File.CreateSymbolicLink(_folder["releases/42/" + name], "../../store/" + name);
        }

        _ = Directory.CreateDirectory(_folder["app"]);
        _ = Directory.CreateSymbolicLink(_folder["app/current"], _folder["releases/42"]);
        var main = _folder["app/current/main_database.sqlite3"];
        await using var server = await ServerProcess.StartAsync(main);
        Assert.Contains($"{main} of {new FileInfo(Stored("main_database.sqlite3")).Length} bytes", server.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/readyz"));
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", main);
        Assert.True(exitCode == 0, output);
        (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", main, _folder["copy"]);
        Assert.True(exitCode == 0, output);
        await File.WriteAllTextAsync(Stored("main_database.sqlite3") + "-wal", "pending");
        (_, output) = await ServerProcess.RunAsync("check", "-db", main);
        Assert.Contains("holds changes that are not served", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_in_the_log_is_that_of_the_file()
    {
        await using var server = await ServerProcess.StartAsync(_main);
        Assert.Contains($"{_main} of {new FileInfo(Stored("main_database.sqlite3")).Length} bytes", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_is_a_link_is_used()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("index", "-db", _main, "-index", Stored("search_index.sqlite3"));
        Assert.True(exitCode == 0, output);
        Link("search_index.sqlite3", Stored("search_index.sqlite3"));
        await using var server = await ServerProcess.StartAsync(_main);
        Assert.Contains("Searches use the index", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_link_leads_to_another_file_is_not_ready()
    {
        await using var server = await ServerProcess.StartAsync(_main);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/readyz"));

        // In the target's place: the link stays as it was.
        File.Copy(Stored("main_database.sqlite3"), Stored("new"));
        using (var other = SqliteFile.OpenForWriting(Stored("new")))
        {
            other.Execute("UPDATE tracks SET name = 'replaced'");
        }

        File.Move(Stored("new"), Stored("main_database.sqlite3"), overwrite: true);
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Its_memory_map_expects_random_reads_wherever_the_links_are()
    {
        Needs.Linux("/proc/PID/smaps");
        _ = Directory.CreateSymbolicLink(_folder["way"], _folder["links"]);
        await using var server = await ServerProcess.StartAsync(Path.Combine(_folder["way"], "main_database.sqlite3"));
        var maps = await File.ReadAllLinesAsync($"/proc/{server.Id}/smaps");
        var ours = Enumerable.Range(0, maps.Length)
            .Where(line => maps[line].EndsWith(Stored("main_database.sqlite3"), StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ours);
        Assert.All(
            ours,
            line => Assert.Contains(
                " rr ",
                maps.Skip(line).First(flags => flags.StartsWith("VmFlags:", StringComparison.Ordinal)) + " ",
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_waiting_in_a_journal_are_looked_for_beside_the_file()
    {
        await File.WriteAllTextAsync(Stored("main_database.sqlite3-wal"), "not merged");
        await using var server = await ServerProcess.StartAsync(_main);
        Assert.Contains("main_database.sqlite3-wal holds changes that are not served", server.Log, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Stored(string name) => Path.Combine(_folder["store"], name);

    private string Linked(string name) => Path.Combine(_folder["links"], name);

    /// <summary>In two steps, the second of them relative.</summary>
    private void Link(string name, string target)
    {
        _ = File.CreateSymbolicLink(Linked(name + ".link"), target);
        _ = File.CreateSymbolicLink(Linked(name), name + ".link");
    }
}
