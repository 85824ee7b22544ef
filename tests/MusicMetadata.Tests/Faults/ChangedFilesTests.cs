using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using MusicMetadata.Sqlite;
using MusicMetadata.Tests.SqliteStore;

namespace MusicMetadata.Tests.Faults;

/// <summary>Files that are changed where they lie, while they are served, and copies of them on other servers.</summary>
public sealed class ChangedFilesTests : IDisposable
{
    private const string Track = "/lookup/track/wnCK1AIfsiaubgjkCieLBF";
    private readonly TemporaryFolder _folder = new();
    private readonly string _main;

    public ChangedFilesTests() => _main = _folder.AddConformanceCatalog();

    [Theory]
    [MemberData(nameof(FileChange.All), MemberType = typeof(FileChange))]
    public async Task A_change_shows_in_readyz_and_after_a_reload_in_entity_tags_and_the_index(string change)
    {
        FileChange.UseWriteAheadLog(_main);
        await BuildIndexAsync(_main);
        await using var server = await ServerProcess.StartAsync(_main, "-mmap-size", "0");
        Assert.Contains("Searches use the index", server.Log, StringComparison.Ordinal);
        var (before, tag) = await LookUpAsync(server);
        Assert.Equal(HttpStatusCode.NotModified, await AskAgainAsync(server, tag));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/readyz"));

        FileChange.Make(change, _main);
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        await server.WaitForLogAsync("is not the file that was opened, or was written to since");

        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/readyz"));
        var ids = Regex.Match(server.Log, "Reloaded .*: catalog ([0-9a-f]{32}) is now ([0-9a-f]{32})");
        Assert.True(ids.Success, server.Log);
        Assert.NotEqual(ids.Groups[1].Value, ids.Groups[2].Value);

        Assert.Equal(HttpStatusCode.OK, await AskAgainAsync(server, tag));
        var (after, _) = await LookUpAsync(server);
        Assert.Equal(change.StartsWith("UPDATE", StringComparison.Ordinal), after != before);

        // The names may have changed too, for all that is known.
        Assert.Contains(
            "is not used: it belongs to another database, or the database has changed since", server.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/search/track?q=love"));
        Assert.Equal(1, await server.MetricAsync("metadata_api_searches_total{by=\"scan\"}"));
    }

    [Theory]
    [InlineData("main_database.sqlite3")]
    [InlineData("track_files.sqlite3")]
    public async Task A_touched_file_is_loaded_anew_when_reloading_at_an_interval(string name)
    {
        await using var server = await ServerProcess.StartAsync(_main, "-watch", "1");
        File.SetLastWriteTimeUtc(_folder[name], DateTime.UtcNow.AddMinutes(-1));
        await server.WaitForLogAsync("Reloaded ");
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/readyz"));
    }

    [Fact]
    public async Task A_file_that_is_put_back_as_it_was_is_ready_again()
    {
        Needs.ReplaceableOpenFiles();
        await using var server = await ServerProcess.StartAsync(_main);
        File.Move(_main, _folder["kept"]);
        File.Copy(_folder["kept"], _main);
        File.SetLastWriteTimeUtc(_main, DateTime.UtcNow.AddMinutes(-1));
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        File.Move(_folder["kept"], _main, overwrite: true);
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Copies_that_do_not_keep_the_time_are_the_same_catalog_when_they_are_told_so()
    {
        const string Id = "catalog-2026-11";
        using var other = new TemporaryFolder();
        var copy = other.AddConformanceCatalog();
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow.AddDays(-1));
        await BuildIndexAsync(_main, "-catalog-id", Id);
        File.Copy(_folder["search_index.sqlite3"], other["search_index.sqlite3"]);
        await using var first = await ServerProcess.StartAsync(_main, "-catalog-id", Id);
        await using var second = await ServerProcess.StartAsync(copy, new Dictionary<string, string> { ["METADATA_API_CATALOG_ID"] = Id });
        await using var untold = await ServerProcess.StartAsync(copy);
        var (_, tag) = await LookUpAsync(first);
        Assert.Equal(tag, (await LookUpAsync(second)).Tag);
        Assert.NotEqual(tag, (await LookUpAsync(untold)).Tag);
        Assert.Contains($"Catalog {Id}: ", second.Log, StringComparison.Ordinal);
        Assert.Contains("Searches use the index", second.Log, StringComparison.Ordinal);
        Assert.Contains("is not used: it belongs to another database", untold.Log, StringComparison.Ordinal);
        Assert.Equal(0, (await ServerProcess.RunAsync("check", "-db", copy, "-catalog-id", Id, "-full")).ExitCode);
    }

    [Fact]
    public async Task A_change_shows_under_a_given_id_too_and_is_not_served_under_it()
    {
        Needs.ReplaceableOpenFiles();
        const string Id = "one";
        await using var server = await ServerProcess.StartAsync(_main, "-catalog-id", Id);
        var (before, tag) = await LookUpAsync(server);
        File.Copy(_main, _folder["next"]);
        FileChange.Make("UPDATE with a journal", _folder["next"]);
        File.Move(_folder["next"], _main, overwrite: true);
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync(
            $"Reload rejected; still serving the previous catalog: {_main} or the file beside it has changed, and clients take what "
                + "-catalog-id one names for unchanged.");
        Assert.Equal(before, (await LookUpAsync(server)).Body);

        await using var again = await ServerProcess.StartAsync(_main, "-catalog-id", "two");
        Assert.Equal(HttpStatusCode.OK, await AskAgainAsync(again, tag));
        Assert.NotEqual(before, (await LookUpAsync(again)).Body);
    }

    [Fact]
    public async Task The_full_check_compares_the_names_of_the_index_with_those_of_the_database()
    {
        await BuildIndexAsync(_main, "-catalog-id", "one");
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-catalog-id", "one", "-full");
        Assert.True(exitCode == 0, output);
        Assert.Matches("names of artists: [0-9,]+ in", output);

        // A copy without the time: not used, but it could be.
        (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(1, exitCode);
        Assert.Contains("is not used for searches: it belongs to another database", output, StringComparison.Ordinal);
        Assert.Contains($"search_index.sqlite3 holds the names of {_main} all the same", output, StringComparison.Ordinal);

        // An id that is told for another catalog.
        using (var connection = SqliteFile.OpenForWriting(_main))
        {
            connection.Execute("UPDATE tracks SET popularity = 99 WHERE rowid = (SELECT min(rowid) FROM tracks)");
        }

        (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-catalog-id", "one", "-full");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"search_index.sqlite3 was built from other names than those in {_main}, though it counts as its index",
            output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("schön")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task A_bad_id_is_refused(string id)
    {
        foreach (var command in new string[][] { [], ["index"], ["check"] })
        {
            var (exitCode, output) = await ServerProcess.RunAsync([.. command, "-db", _main, "-catalog-id", id]);
            Assert.Equal(2, exitCode);
            Assert.Contains($"-catalog-id is '{id}': give up to 64 visible ASCII characters.", output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task BuildIndexAsync(string main, params string[] options)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(["index", "-db", main, .. options]);
        Assert.True(exitCode == 0, output);
    }

    private static async Task<(string Body, EntityTagHeaderValue Tag)> LookUpAsync(ServerProcess server)
    {
        using var response = await server.Client.GetAsync(Track);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsStringAsync(), response.Headers.ETag!);
    }

    private static async Task<HttpStatusCode> AskAgainAsync(ServerProcess server, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Track);
        request.Headers.IfNoneMatch.Add(tag);
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }
}
