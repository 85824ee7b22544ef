using System.Net;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Faults;

/// <summary>What happens to a running server when its files are deleted, cut short, overwritten or replaced.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private const string Track = "/lookup/track/wnCK1AIfsiaubgjkCieLBF";
    private readonly TemporaryFolder _folder = new();

    public DamagedFilesTests() => Needs.ReplaceableOpenFiles();

    [Fact]
    public async Task Deleted_files_are_served_on_and_the_server_is_not_ready()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        File.Delete(_folder["main_database.sqlite3"]);
        File.Delete(_folder["track_files.sqlite3"]);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync(Track));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/health"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/livez"));
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("\nmetadata_api_ready{} 0\n", await server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_short_is_503_without_a_memory_map()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-mmap-size", "0", "-cache-size", "0");
        DatabasePages.CutShort(_folder["main_database.sqlite3"], DatabasePages.Size);
        await server.WaitForStatusAsync("/health", HttpStatusCode.ServiceUnavailable);
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/livez"));
        using var lookup = await server.Client.GetAsync("/lookup/album/oq9NSxkSXU7baoRqwcwrkJ");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lookup.StatusCode);
        var body = await lookup.Content.ReadAsStringAsync();
        Assert.DoesNotContain("sqlite", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_folder.Path, body, StringComparison.Ordinal);
        Assert.Contains(_folder["main_database.sqlite3"], server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapped_file_cut_short_ends_the_server()
    {
        await using var server = await StartAndCutShortAsync();
        Assert.NotEqual(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task A_mapped_file_cut_short_ends_the_server_with_a_line_that_says_why()
    {
        Needs.PublishedExecutable("the just-in-time runtime has a handler of its own, which ends the process before ours can speak");
        await using var server = await StartAndCutShortAsync();
        Assert.Equal(1, await server.WaitForExitAsync());
        Assert.Contains("could not be read any more through its memory map", server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2147483648")]
    public async Task Noise_in_a_file_never_ends_the_server_or_shows_a_trace(string mmapSize)
    {
        var main = _folder.AddConformanceCatalog();
        await using var server = await ServerProcess.StartAsync(main, "-mmap-size", mmapSize, "-cache-size", "0");
        var random = Seeded.Random();
        for (var round = 0; round < 20; round++)
        {
            var noise = new byte[64 * 1024];
            random.NextBytes(noise);
            _ = DatabasePages.Overwrite(main, random.NextInt64(new FileInfo(main).Length - noise.Length), noise);
            string[] paths =
            [
                Track, "/lookup/isrc/QMM1I4206647", "/search/track?q=lu", "/search/artist?q=qq", "/lookup/artist/x5PEQlmGikXBcAVFUNkefL",
            ];
            foreach (var path in paths)
            {
                using var response = await server.Client.GetAsync(path);
                var body = await response.Content.ReadAsStringAsync();
                Assert.Contains(
                    response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable });
                Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
            }
        }

        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/livez"));
    }

    [Fact]
    public async Task Another_catalog_is_served_after_SIGHUP_with_other_tags_and_not_before()
    {
        var main = _folder.AddConformanceCatalog();
        await using var server = await ServerProcess.StartAsync(main);
        var (before, tag) = await AskAsync(server);
        ReplaceWithAnother(main);
        Assert.Equal((before, tag), await AskAsync(server));
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/health"));

        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync("Reloaded ");
        var (after, otherTag) = await AskAsync(server);
        Assert.Contains("\"name\":\"replaced\"", after, StringComparison.Ordinal);
        Assert.NotEqual(tag, otherTag);
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_catalog_is_served_by_itself_when_reloading_at_an_interval()
    {
        var main = _folder.AddConformanceCatalog();
        await using var server = await ServerProcess.StartAsync(main, "-watch", "1");
        ReplaceWithAnother(main);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Contains("\"name\":\"replaced\"", (await AskAsync(server)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("noise", "file is not a database")]
    [InlineData("other tables", "has no table tracks")]
    [InlineData("nothing", "does not exist")]
    public async Task A_bad_new_file_leaves_the_old_one_serving_and_says_why(string kind, string why)
    {
        var main = _folder.AddConformanceCatalog();
        await using var server = await ServerProcess.StartAsync(main);
        var before = await AskAsync(server);
        File.Delete(main);
        if (kind == "noise")
        {
            var noise = new byte[100_000];
            Seeded.Random().NextBytes(noise);
            await File.WriteAllBytesAsync(main, noise);
        }
        else if (kind == "other tables")
        {
            using var other = SqliteFile.OpenForWriting(main);
            other.Execute("CREATE TABLE something (a)");
        }

        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync("Reload rejected; still serving the previous catalog: ");
        Assert.Contains(why, server.Log, StringComparison.Ordinal);
        Assert.Equal(before, await AskAsync(server));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>As an operator should: written beside, then renamed.</summary>
    private static void ReplaceWithAnother(string main)
    {
        File.Copy(main, main + ".new");
        using (var other = SqliteFile.OpenForWriting(main + ".new"))
        {
            other.Execute("UPDATE tracks SET name = 'replaced'");
        }

        File.Move(main + ".new", main, overwrite: true);
    }

    private static async Task<(string Body, string Tag)> AskAsync(ServerProcess server)
    {
        using var response = await server.Client.GetAsync(Track);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsStringAsync(), response.Headers.ETag!.Tag);
    }

    /// <summary>A server that has been asked for what its file no longer holds.</summary>
    private async Task<ServerProcess> StartAndCutShortAsync()
    {
        var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        DatabasePages.CutShort(_folder["main_database.sqlite3"], 0);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetAsync("/lookup/album/oq9NSxkSXU7baoRqwcwrkJ"));
        return server;
    }
}
