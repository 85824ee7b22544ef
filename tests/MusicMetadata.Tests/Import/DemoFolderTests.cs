using System.Security.Cryptography;
using MusicMetadata.Catalog;
using MusicMetadata.Import.Demo;

namespace MusicMetadata.Tests.Import;

/// <summary>How the demo treats the folder that it writes to.</summary>
public class DemoFolderTests
{
    private static readonly string[] Files = ["main_database.sqlite3", "track_files.sqlite3"];

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_other_rows()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        using var third = new TemporaryFolder();
        Assert.True(await DemoCatalogs.EnsureAsync(first.Path, 3_000, seed: 7));
        Assert.True(await DemoCatalogs.EnsureAsync(second.Path, 3_000, seed: 7));
        Assert.True(await DemoCatalogs.EnsureAsync(third.Path, 3_000, seed: 8));
        foreach (var file in Files)
        {
            Assert.Equal(Hash(first[file]), Hash(second[file]));
        }

        const string Ids = "SELECT id FROM tracks";
        Assert.Empty(DemoCatalogs.Texts(first[Files[0]], Ids).Intersect(DemoCatalogs.Texts(third[Files[0]], Ids)));

        static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
    }

    [Fact]
    public async Task These_rows_are_the_same_on_every_platform_and_in_every_build()
    {
        using var folder = new TemporaryFolder();
        _ = await DemoCatalogs.EnsureAsync(folder.Path, 3_000);
        var rows = DemoCatalogs.Texts(
            folder[Files[0]],
            "SELECT quote(id) || quote(name) || quote(external_id_isrc) || popularity || album_rowid || available_markets_rowid || "
                + "duration_ms FROM tracks")
            .Concat(
                DemoCatalogs.Texts(
                    folder[Files[0]], "SELECT quote(id) || quote(name) || release_date || quote(copyright_c) || label FROM albums"))
            .Concat(DemoCatalogs.Texts(folder[Files[0]], "SELECT quote(id) || quote(name) || followers_total || popularity FROM artists"))
            .Concat(
                DemoCatalogs.Texts(folder[Files[1]], "SELECT quote(track_id) || quote(artist_roles) || quote(licensor) FROM track_files"));

        // A new value here means other rows for the same seed: raise DemoOptions.GeneratorVersion with it.
        Assert.Equal(
            "685cc89c0bc3e560",
            Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(137)]
    public async Task A_tiny_catalog_has_exactly_as_many_tracks_as_asked_for(int tracks)
    {
        using var folder = new TemporaryFolder();
        Assert.True(await DemoCatalogs.EnsureAsync(folder.Path, tracks));
        Assert.Equal(tracks, DemoCatalogs.Number(folder[Files[0]], "SELECT count(*) FROM tracks"));
        Assert.Equal(["ok"], DemoCatalogs.Texts(folder[Files[0]], "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_finished_catalog_is_used_again_and_one_of_other_options_is_replaced()
    {
        using var folder = new TemporaryFolder();
        Assert.True(await DemoCatalogs.EnsureAsync(folder.Path, 1_000));
        Assert.False(await DemoCatalogs.EnsureAsync(folder.Path, 1_000));
        Assert.True(await DemoCatalogs.EnsureAsync(folder.Path, 1_001));
        Assert.Equal(1_001, DemoCatalogs.Number(folder[Files[0]], "SELECT count(*) FROM tracks"));
        Assert.Equal(["demo.json", .. Files], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_catalog_without_its_marker_is_made_again()
    {
        using var folder = new TemporaryFolder();
        Assert.True(await DemoCatalogs.EnsureAsync(folder.Path, 1_000));
        File.Delete(folder["demo.json"]);
        Assert.True(await DemoCatalogs.EnsureAsync(folder.Path, 1_000));
    }

    [Theory]
    [InlineData("main_database.sqlite3")]
    [InlineData("track_files.sqlite3")]
    public async Task A_file_that_the_demo_did_not_make_is_left_alone(string name)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Conformance", name), folder[name]);
        var before = File.ReadAllBytes(folder[name]);
        var refusal = await Assert.ThrowsAsync<OperatorException>(() => DemoCatalogs.EnsureAsync(folder.Path, 1_000));
        Assert.Contains(folder[name], refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder[name]));
        Assert.Equal([folder[name]], Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task A_stopped_run_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var run = DemoCatalogs.EnsureAsync(folder.Path, 3_000_000, cancellation: stop.Token);
        await Wait.UntilAsync(() => File.Exists(folder[Files[0] + ".unfinished"]) || run.IsCompleted);
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Wait.Limit));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_replaced()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Files)
        {
            File.WriteAllText(folder[file + ".unfinished"], "half a file");
        }

        Assert.True(await DemoCatalogs.EnsureAsync(folder.Path, 1_000));
        Assert.Equal(3, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Fact]
    public async Task A_full_disk_is_found_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        const long MaxTracks = 300_000_000;
        Assert.SkipUnless(
            new DriveInfo(folder.Path).AvailableFreeSpace < MaxTracks * 1_000, "The largest catalog, of 300 GB, fits on this disk.");
        var refusal = await Assert.ThrowsAsync<OperatorException>(() => DemoCatalogs.EnsureAsync(folder.Path, MaxTracks));
        Assert.Contains("MB free", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["taken"], "");
        var refusal = await Assert.ThrowsAsync<OperatorException>(() => DemoCatalogs.EnsureAsync(folder["taken"], 1_000));
        Assert.Equal(nameof(DemoOptions.Folder), refusal.Setting);
    }

    [Fact]
    public void The_defaults_are_100_000_tracks_of_seed_1_in_the_temporary_folder()
    {
        var options = new DemoOptions();
        Assert.Equal(100_000, options.Tracks);
        Assert.Equal(1, options.Seed);
        Assert.StartsWith(Path.GetTempPath(), options.Folder, StringComparison.Ordinal);
    }
}
