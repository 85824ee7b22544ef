using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Loading;

/// <summary>New files that come one after the other, too early, half, or not at all.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Track = "/lookup/track/wnCK1AIfsiaubgjkCieLBF";
    private const string Refused = "Reload rejected; still serving the previous catalog: ";
    private const string Failed = "metadata_api_reloads_total{result=\"failed\"}";
    private readonly TemporaryFolder _folder = new();
    private readonly string _main;
    private readonly string _trackFiles;

    public ReloadTests()
    {
        Needs.ReplaceableOpenFiles();
        _main = _folder.AddConformanceCatalog();
        _trackFiles = _folder["track_files.sqlite3"];
    }

    [Fact]
    public async Task A_second_file_of_another_catalog_is_a_warning_at_start()
    {
        await MakeOtherAsync();
        Rename("track_files.sqlite3");
        await using var server = await ServerProcess.StartAsync(_main);
        Assert.Equal(
            1,
            server.CountInLog(
                $"{_trackFiles} seems to belong to another catalog: only 0 of 64 tracks have a row in it. Put the one beside {_main} that "
                    + "came with it."));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(Track)).StatusCode);
    }

    [Fact]
    public async Task A_second_file_of_another_catalog_is_refused_until_the_first_one_has_come_too()
    {
        await MakeOtherAsync();
        await using var server = await ServerProcess.StartAsync(_main);
        var before = await server.Client.GetStringAsync(Track);
        Rename("track_files.sqlite3");
        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync($"{Refused}{_trackFiles} seems to belong to another catalog");
        Assert.Equal(before, await server.Client.GetStringAsync(Track));

        // Asked again, it says so again.
        server.Signal(ServerProcess.HangUp);
        await server.WaitForMetricAsync(Failed, value => value == 2);
        await server.WaitForLogAsync(Refused, times: 2);

        Rename("main_database.sqlite3");
        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync("Reloaded ");
        await AssertServesOtherAsync(server);
    }

    [Fact]
    public async Task A_main_database_that_comes_first_waits_for_the_second_file_at_an_interval()
    {
        await MakeOtherAsync();
        await using var server = await ServerProcess.StartAsync(_main, "-watch", "1");
        var before = await server.Client.GetStringAsync(Track);
        Rename("main_database.sqlite3");
        await server.WaitForMetricAsync(Failed, value => value >= 2);
        Assert.Equal(1, server.CountInLog($"{Refused}{_trackFiles} seems to belong to another catalog"));
        Assert.Equal(before, await server.Client.GetStringAsync(Track));

        Rename("track_files.sqlite3");
        await server.WaitForLogAsync("Reloaded ");
        Assert.Equal(1, server.CountInLog(Refused));
        await AssertServesOtherAsync(server);
    }

    [Fact]
    public async Task A_second_file_that_is_lost_is_served_on_until_it_comes_back_at_an_interval()
    {
        await using var server = await ServerProcess.StartAsync(_main, "-watch", "1");
        var before = await server.Client.GetStringAsync(Track);
        Assert.Contains("original_title", before, StringComparison.Ordinal);
        File.Move(_trackFiles, _folder["gone"]);
        await server.WaitForMetricAsync(Failed, value => value >= 2);
        Assert.Equal(1, server.CountInLog($"{Refused}track_files.sqlite3 is no longer beside {_main}. Put it there and reload"));
        Assert.Equal(before, await server.Client.GetStringAsync(Track));

        File.Move(_folder["gone"], _trackFiles);
        server.Signal(ServerProcess.HangUp);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Equal(before, await server.Client.GetStringAsync(Track));
    }

    [Fact]
    public async Task A_second_file_that_there_was_not_is_taken()
    {
        File.Move(_trackFiles, _folder["later"]);
        await using var server = await ServerProcess.StartAsync(_main, "-watch", "1");
        File.Move(_folder["later"], _trackFiles);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Contains("original_title", await server.Client.GetStringAsync(Track), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_for_a_while_is_tried_again_at_each_interval_and_told_once()
    {
        await using var server = await ServerProcess.StartAsync(_main, "-watch", "1");
        var next = _folder["next"];
        File.Copy(_main, next);
        using (var other = SqliteFile.OpenForWriting(next))
        {
            other.Execute("UPDATE tracks SET name = 'replaced'");
        }

        // As storage that cannot be read for a while: the same file before and after, by size, sample and time too.
        var identity = new CatalogFiles(next, null).Identity();
        var time = File.GetLastWriteTimeUtc(next);
        var page = DatabasePages.RootOf(next, "tracks");
        var bytes = DatabasePages.Overwrite(next, page, new byte[DatabasePages.Size]);
        File.SetLastWriteTimeUtc(next, time);
        Assert.Equal(identity, new CatalogFiles(next, null).Identity());
        File.Move(next, _main, overwrite: true);
        await server.WaitForMetricAsync(Failed, value => value >= 2);
        Assert.Equal(1, server.CountInLog(Refused));
        _ = DatabasePages.Overwrite(_main, page, bytes);
        File.SetLastWriteTimeUtc(_main, time);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Contains("\"name\":\"replaced\"", await server.Client.GetStringAsync(Track), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGHUP_while_it_starts_does_not_end_it()
    {
        Needs.Linux("/proc/PID/status");

        // So many readers that opening them takes longer than looking.
        await using var server = ServerProcess.Launch(["-db", _main, "-addr", "127.0.0.1:0", "-rate-limit", "0", "-readers", "100"], []);
        await Wait.UntilAsync(() => Catches(server.Id, ServerProcess.HangUp), pause: TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 5; i++)
        {
            server.Signal(ServerProcess.HangUp);
        }

        await server.WaitForLogAsync("Serving ");
        await server.WaitForLogAsync("Reloaded ");
    }

    [Fact]
    public async Task Files_that_are_replaced_while_they_are_opened_are_never_taken_for_those_before()
    {
        // Each renaming brings a file of another time, as those of an operator do.
        var sources = new[] { "one", "two" }.Select(name =>
        {
            var path = _folder[name];
            File.Copy(_main, path);
            using var connection = SqliteFile.OpenForWriting(path);
            connection.Execute($"UPDATE tracks SET name = '{name}'");
            return (Name: name, Bytes: File.ReadAllBytes(path));
        }).ToArray();
        var names = new ConcurrentDictionary<CatalogIdentity, string>();
        var time = DateTime.UtcNow;
        Put(1);
        await using var renaming = new Background(goesOn =>
        {
            for (var i = 0; goesOn(); i++)
            {
                Put(i % 2);

                // Some pauses too short for opening, and some long enough on a machine that is busy.
                Thread.Sleep((i % 4) switch { 0 => 0, 1 => 2, 2 => 10, _ => 100 });
            }

            return Task.CompletedTask;
        });
        var (opened, refused) = (0, 0);
        for (var tries = 0; tries < 5_000 && (opened < 20 || refused < 20); tries++)
        {
            try
            {
                using var store = SqliteCatalog.Open(new StoreOptions { Database = _main, Readers = 1 + (opened % 4) });
                opened++;
                for (var i = 0; i < store.Load.Readers; i++)
                {
                    using var reader = await store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.After(TimeSpan.FromSeconds(30), default));
                    var key = new CatalogKey[1];
                    await reader.FindAsync(Entity.Track, new[] { "wnCK1AIfsiaubgjkCieLBF" }, key);
                    var records = new CatalogRecords();
                    await reader.ReadAsync(Entity.Track, key, withAlbums: false, records);
                    var name = names[store.Identity];
                    Assert.Equal(name, Encoding.UTF8.GetString(records.Text(records.Tracks[0].Name)));
                }
            }
            catch (OperatorException e)
            {
                refused++;
                Assert.Contains("was replaced or written to while it was opened", e.Message, StringComparison.Ordinal);
            }
        }

        await renaming.StopAsync();
        Assert.True(opened >= 20 && refused >= 20, $"{opened} opened, {refused} refused");

        void Put(int source)
        {
            File.WriteAllBytes(_folder["new"], sources[source].Bytes);
            File.SetLastWriteTimeUtc(_folder["new"], time = time.AddSeconds(1));
            names[new CatalogFiles(_folder["new"], _trackFiles).Identity()] = sources[source].Name;
            File.Move(_folder["new"], _main, overwrite: true);
        }
    }

    [Fact]
    public async Task Without_descriptors_for_a_second_catalog_the_first_is_served_on_until_there_are_some()
    {
        Needs.PublishedExecutable("the just-in-time compiler ends the process when it has no descriptors for the code that it makes");
        Needs.Linux("prlimit");
        Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", _main)).ExitCode);
        await using var server = await ServerProcess.LaunchAsync(
            [
                "--nofile=4096", ServerProcess.Executable,
                "-db", _main, "-addr", "127.0.0.1:0", "-rate-limit", "0", "-readers", "50", "-watch", "1",
            ],
            [],
            program: "prlimit");

        // Taken away while it runs: what it has at its start is enough for two catalogs.
        await LimitDescriptorsAsync(server, 250);
        var before = await server.DescriptorsAsync();
        using (var other = SqliteFile.OpenForWriting(CopyOfMain()))
        {
            other.Execute("UPDATE tracks SET name = 'replaced'");
        }

        File.Move(_folder["next"], _main, overwrite: true);
        await server.WaitForMetricAsync(Failed, value => value >= 4);
        Assert.Contains(Refused, server.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/search/track?q=love")).StatusCode);

        // Each failure has closed what it had opened.
        await server.WaitForMetricAsync("process_open_fds", value => value < before + 5);
        await LimitDescriptorsAsync(server, 4096);
        await server.WaitForLogAsync("Reloaded ");
        Assert.Contains("\"name\":\"replaced\"", await server.Client.GetStringAsync(Track), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task LimitDescriptorsAsync(ServerProcess server, int most)
    {
        await using var prlimit = ServerProcess.Launch(["--pid", $"{server.Id}", $"--nofile={most}:4096"], [], program: "prlimit");
        Assert.Equal(0, await prlimit.WaitForExitAsync());
    }

    private string CopyOfMain()
    {
        File.Copy(_main, _folder["next"]);
        return _folder["next"];
    }

    /// <summary>Another catalog, with other ids, in a folder beside.</summary>
    private async Task MakeOtherAsync() => Assert.True(await DemoCatalogs.EnsureAsync(_folder["other"], tracks: 500, seed: 77));

    /// <summary>Puts one of its files into its place, as an operator should.</summary>
    private void Rename(string name) => File.Move(Path.Combine(_folder["other"], name), _folder[name], overwrite: true);

    private async Task AssertServesOtherAsync(ServerProcess server)
    {
        var id = DemoCatalogs.Texts(_main, "SELECT id FROM tracks WHERE rowid = 1")[0];
        Assert.Contains("original_title", await server.Client.GetStringAsync("/lookup/track/" + id), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync(Track)).StatusCode);
    }

    private static bool Catches(int process, int signal)
    {
        var caught = File.ReadLines($"/proc/{process}/status")
            .Single(line => line.StartsWith("SigCgt:", StringComparison.Ordinal))[7..].Trim();
        return (ulong.Parse(caught, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
    }
}
