using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Search;

/// <summary>The index command and what the server makes of its file, with the real executable.</summary>
public sealed class IndexCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _database;
    private readonly string _index;

    public IndexCommandTests()
    {
        _database = _folder.AddConformanceCatalog();
        _index = _folder["search_index.sqlite3"];
    }

    [Fact]
    public async Task It_says_what_it_needs_and_does_and_leaves_only_the_index()
    {
        var output = await BuildAsync();
        Assert.Contains("needs about", output, StringComparison.Ordinal);
        Assert.Contains("Reading tracks: 3,000 in", output, StringComparison.Ordinal);
        Assert.Contains("/s)", output, StringComparison.Ordinal);
        Assert.Contains($"Built {_index}: {new FileInfo(_index).Length:N0} bytes.", output, StringComparison.Ordinal);
        Assert.Equal(["main_database.sqlite3", "search_index.sqlite3", "track_files.sqlite3"], Files());
    }

    [Fact]
    public async Task It_does_nothing_when_the_index_is_there_already()
    {
        _ = await BuildAsync();
        var written = File.GetLastWriteTimeUtc(_index);
        Assert.Contains("nothing to do", await BuildAsync(), StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_index));
    }

    [Fact]
    public async Task The_same_catalog_gives_the_same_bytes()
    {
        _ = await BuildAsync();
        var (exitCode, _) = await ServerProcess.RunAsync(
            "index", "-db", _database, "-index", _folder["other.index"], "-memory", "201326592");
        Assert.Equal(0, exitCode);
        Assert.Equal(await File.ReadAllBytesAsync(_index), await File.ReadAllBytesAsync(_folder["other.index"]));
    }

    [Theory]
    [InlineData("-memory", "1000", 2, "-memory is '1000': give at least 201326592 bytes")]
    [InlineData("-memory", "much", 2, "-memory is 'much': give at least 201326592 bytes")]
    [InlineData("-db", "/nowhere/main_database.sqlite3", 1, "/nowhere/main_database.sqlite3 does not exist.")]
    [InlineData("-db", "/", 1, "/ is a folder. Give the path of main_database.sqlite3 with -db")]
    [InlineData("-index", "off", 2, "-index is 'off': give the path of the index to build")]
    [InlineData("-index", "/", 1, "/ is a folder. The path of another file can be given with -index.")]
    [InlineData("-index", "{0}/main_database.sqlite3/index", 1, "The index could not be written")]
    public async Task A_bad_option_gets_one_line_that_names_it(string option, string value, int exitCode, string reason)
    {
        string[] database = option == "-db" ? [] : ["-db", _database];
        var (code, output) = await ServerProcess.RunAsync(["index", .. database, option, string.Format(null, value, _folder.Path)]);
        Assert.Equal(exitCode, code);
        Assert.StartsWith("metadata-api: ", output, StringComparison.Ordinal);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task What_is_no_catalog_is_refused_with_one_line()
    {
        await File.WriteAllTextAsync(_database, "this is no database");
        var (code, output) = await ServerProcess.RunAsync("index", "-db", _database);
        Assert.Equal(1, code);
        Assert.Contains("file is not a database", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_at_the_same_time_is_refused()
    {
        _ = Directory.CreateDirectory(_index + ".building");
        var lockFile = Path.Combine(_index + ".building", "lock");
        await using var held = new FileStream(lockFile, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var (code, output) = await ServerProcess.RunAsync("index", "-db", _database);
        Assert.Equal(1, code);
        Assert.Contains("Another process is building", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_before_is_not_read_again_unless_the_catalog_has_changed()
    {
        // Artists read in full and tracks in part, as a kill leaves them.
        var (_, _) = await ServerProcess.RunAsync("index", "-db", _database);
        var whole = await File.ReadAllBytesAsync(_index);
        File.Delete(_index);
        var building = _index + ".building";
        _ = Directory.CreateDirectory(building);
        using (var store = SqliteCatalog.Open(new StoreOptions { Database = _database, Readers = 1 }))
        {
            await File.WriteAllTextAsync(Path.Combine(building, "source"), $"{IndexSchema.Version} {store.IndexIdentity}");
            using var catalog = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
            var names = new NameReader(building, 1 << 20, withTerms: true, new NoProgress());
            var artists = IndexTable.All.Single(table => table.Entity == Entity.Artist);
            await names.ReadAsync(catalog, artists, await catalog.MeasureAsync(Entity.Artist), default);

            // Runs of a thousand tracks at most, of which the first is kept when the reading is stopped.
            var tracks = IndexTable.All.Single(table => table.Entity == Entity.Track);
            using var stopped = new CancellationTokenSource();
            names = new NameReader(building, 48 * 1000, withTerms: true, new NoProgress(advanced: stopped.Cancel));
            var extent = await catalog.MeasureAsync(Entity.Track);
            _ = await Assert.ThrowsAsync<OperationCanceledException>(() => names.ReadAsync(catalog, tracks, extent, stopped.Token));
            Assert.NotEmpty(Directory.GetFiles(building, "tracks-000000-*.names"));
        }

        await File.WriteAllTextAsync(Path.Combine(building, "tracks-000001-77.names.part"), "half");
        var output = await BuildAsync();
        Assert.Contains("Continuing", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading artists:", output, StringComparison.Ordinal);
        Assert.Contains("Reading albums", output, StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllBytesAsync(_index));

        _ = Directory.CreateDirectory(building);
        await File.WriteAllTextAsync(Path.Combine(building, "source"), "1 another");
        await File.WriteAllTextAsync(Path.Combine(building, "artists.complete"), "");
        File.Delete(_index);
        Assert.Contains("Reading artists", await BuildAsync(), StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllBytesAsync(_index));
    }

    [Fact]
    public async Task An_index_of_another_database_is_not_used_and_is_replaced()
    {
        _ = await BuildAsync();
        ChangeCatalog();
        await using (var server = await ServerProcess.StartAsync(_database))
        {
            Assert.Contains("is not used: it belongs to another database", server.Log, StringComparison.Ordinal);
            Assert.Equal(1, await CountAsync(server, "changed"));
        }

        Assert.Contains("will be replaced: it belongs to another database", await BuildAsync(), StringComparison.Ordinal);
        await using var again = await ServerProcess.StartAsync(_database);
        Assert.Contains("Searches use the index", again.Log, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(again, "changed"));
    }

    [Fact]
    public async Task Switched_off_it_is_not_used_and_names_are_scanned()
    {
        _ = await BuildAsync();
        await using var server = await ServerProcess.StartAsync(_database, "-index", "off");
        Assert.Contains("because the search index is switched off", server.Log, StringComparison.Ordinal);
        Assert.Equal(20, await CountAsync(server, "love"));
    }

    [Fact]
    public async Task An_index_that_appears_or_is_replaced_while_the_server_runs_is_used_and_one_that_goes_is_used_on()
    {
        Needs.ReplaceableOpenFiles();
        await using var server = await ServerProcess.StartAsync(_database);
        Assert.Contains("is not used: there is none", server.Log, StringComparison.Ordinal);
        var scanned = await server.Client.GetStringAsync("/search/track?q=sun&limit=50");

        _ = await BuildAsync();
        await server.WaitForLogAsync("Searches use the index");
        Assert.Equal(scanned, await server.Client.GetStringAsync("/search/track?q=sun&limit=50"));

        await using var searching = new Background(async goesOn =>
        {
            // Searches go on while the file is replaced under them.
            for (var i = 0; goesOn() && server.CountInLog("Searches use the index") < 2; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync($"/search/track?q=sun&limit={(i % 50) + 1}")).StatusCode);
            }
        });
        File.Copy(_index, _index + ".new");
        File.SetLastWriteTimeUtc(_index + ".new", DateTime.UtcNow.AddMinutes(1));
        File.Move(_index + ".new", _index, overwrite: true);
        await searching.EndAsync();

        File.Delete(_index);
        await server.WaitForLogAsync(
            $"Searches go on with the index that is open, because the one at {_index} is not used: there is none.");
        var scans = await ScansAsync(server);
        Assert.Equal(scanned, await server.Client.GetStringAsync("/search/track?q=sun&limit=50"));
        Assert.Equal(scans, await ScansAsync(server));
    }

    [Fact]
    public async Task An_index_that_comes_before_its_database_waits_for_it_while_the_one_before_is_used_on()
    {
        Needs.ReplaceableOpenFiles();
        _ = await BuildAsync();
        File.Copy(_database, _folder["new.sqlite3"]);
        using (var other = SqliteFile.OpenForWriting(_folder["new.sqlite3"]))
        {
            other.Execute("UPDATE tracks SET name = 'it has changed' WHERE rowid = 1");
        }

        Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", _folder["new.sqlite3"], "-index", _folder["new.index"])).ExitCode);
        await using var server = await ServerProcess.StartAsync(_database);
        File.Move(_folder["new.index"], _index, overwrite: true);
        await server.WaitForLogAsync("Searches go on with the index that is open");

        // More at once than ever before, so that no connection that was idle suffices.
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => CountAsync(server, "love"))), count => Assert.Equal(20, count));
        Assert.Equal(1, server.CountInLog("Searches use the index"));

        File.Move(_folder["new.sqlite3"], _database, overwrite: true);
        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Equal(2, server.CountInLog("Searches use the index"));
        Assert.Equal(1, await CountAsync(server, "has changed"));
        Assert.Equal(0, await ScansAsync(server));
        Assert.Equal(1, server.CountInLog("Searches go on"));
    }

    [Theory]
    [InlineData("truncated", "damaged: it has")]
    [InlineData("empty", "no search index, or damaged")]
    [InlineData("text", "no search index, or damaged")]
    [InlineData("version", "built by another version of this program")]
    [InlineData("noise", "it cannot be opened")]
    public async Task A_file_that_is_no_whole_index_is_refused_with_the_reason(string kind, string reason)
    {
        _ = await BuildAsync();
        switch (kind)
        {
            case "truncated":
                await using (var file = File.OpenWrite(_index))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
            case "version":
                using (var index = SqliteFile.OpenForWriting(_index))
                {
                    index.Execute("UPDATE about SET value = 'x' WHERE name = 'version'");
                }

                break;
            case "noise":
                await using (var file = File.OpenWrite(_index))
                {
                    // All pages after the ones that say what the file is.
                    var length = file.Length;
                    _ = file.Seek(16 * 1024, SeekOrigin.Begin);
                    while (file.Position < length - (2 * 16 * 1024))
                    {
                        file.WriteByte(0xA5);
                    }
                }

                break;
            default:
                await File.WriteAllTextAsync(_index, kind == "empty" ? "" : "hello");
                break;
        }

        await using var server = await ServerProcess.StartAsync(_database);
        Assert.Contains(reason, server.Log, StringComparison.Ordinal);
        Assert.Equal(20, await CountAsync(server, "love"));
    }

    [Fact]
    public async Task Damage_that_shows_only_in_use_is_reported_once_and_names_are_scanned()
    {
        _ = await BuildAsync();
        List<string> pages;
        using (var index = SqliteFile.OpenForWriting(_index))
        {
            // The roots of all tables but those that are read when it is opened.
            pages = index.QueryTexts("""
                SELECT CAST(rootpage AS TEXT) FROM sqlite_schema
                WHERE name NOT IN ('about', 'block_dictionary') AND rootpage > 0 ORDER BY rowid LIMIT -1 OFFSET 1
                """);
        }

        using (var file = File.OpenHandle(_index, FileMode.Open, FileAccess.ReadWrite))
        {
            var noise = Enumerable.Repeat((byte)0xA5, IndexSchema.PageSize).ToArray();
            pages.ForEach(page => RandomAccess.Write(file, noise, (long.Parse(page, CultureInfo.InvariantCulture) - 1) * noise.Length));
        }

        await using var server = await ServerProcess.StartAsync(_database);
        Assert.Contains("Searches use the index", server.Log, StringComparison.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(20, await CountAsync(server, "love"));
        }

        Assert.Equal(1, server.CountInLog("could not be read ("));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> BuildAsync()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("index", "-db", _database);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private void ChangeCatalog()
    {
        using var catalog = SqliteFile.OpenForWriting(_database);
        catalog.Execute("UPDATE tracks SET name = 'it has changed' WHERE rowid = 1");
    }

    private List<string> Files() =>
        [.. Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static async Task<int> CountAsync(ServerProcess server, string text) =>
        JsonNode.Parse(await server.Client.GetStringAsync("/search/track?q=" + text))!.AsArray().Count;

    /// <summary>How many searches read names one by one.</summary>
    private static Task<double> ScansAsync(ServerProcess server) => server.MetricAsync("metadata_api_searches_total{by=\"scan\"}");
}
