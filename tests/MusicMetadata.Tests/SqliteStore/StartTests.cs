using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.SqliteStore;

/// <summary>Files that are not as they should be, given to the real executable.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_missing_file_is_named() =>
        await AssertRefusedAsync(
            _folder["nothing.sqlite3"], "nothing.sqlite3 does not exist. Give the path of main_database.sqlite3 with -db");

    [Fact]
    public async Task A_folder_is_refused_as_no_file() => await AssertRefusedAsync(_folder.Path, "is a folder. Give the path");

    [Fact]
    public async Task Noise_is_refused_as_no_database()
    {
        var path = _folder["noise.sqlite3"];
        var noise = new byte[100_000];
        Seeded.Random().NextBytes(noise);
        await File.WriteAllBytesAsync(path, noise);
        await AssertRefusedAsync(path, "file is not a database. Check that the download is complete");
    }

    [Fact]
    public async Task An_empty_file_is_refused_because_it_has_no_tables()
    {
        await File.WriteAllBytesAsync(_folder["empty.sqlite3"], []);
        await AssertRefusedAsync(_folder["empty.sqlite3"], "has no table tracks");
    }

    [Fact]
    public async Task The_second_file_in_the_place_of_the_first_is_refused()
    {
        _ = _folder.AddConformanceCatalog();
        await AssertRefusedAsync(_folder["track_files.sqlite3"], "has no table tracks: it is not the track_files.sqlite3 of this catalog");
    }

    [Fact]
    public async Task A_missing_table_is_named()
    {
        var path = Altered("DROP TABLE artist_genres");
        await AssertRefusedAsync(path, "has no table artist_genres");
    }

    [Fact]
    public async Task A_missing_column_is_named()
    {
        var path = Altered("ALTER TABLE albums RENAME COLUMN label TO publisher");
        await AssertRefusedAsync(path, "has no column albums.label");
    }

    [Fact]
    public async Task A_file_cut_short_is_refused()
    {
        var path = _folder.AddConformanceCatalog();
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(50);
        }

        await AssertRefusedAsync(path, "main_database.sqlite3");
    }

    [Fact]
    public async Task Missing_track_files_cost_five_fields_and_a_warning()
    {
        var path = _folder.AddConformanceCatalog();
        File.Delete(_folder["track_files.sqlite3"]);
        await using var server = await ServerProcess.StartAsync(path);
        Assert.Contains("track_files.sqlite3 is not beside", server.Log, StringComparison.Ordinal);
        var track = await server.Client.GetStringAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF");
        Assert.Contains("\"popularity\":0,\"album\":{", track, StringComparison.Ordinal);
        Assert.DoesNotContain("original_title", track, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_index_is_served_without_and_told_how_to_make()
    {
        var path = Altered("DROP INDEX tracks_isrc");
        await using var server = await ServerProcess.StartAsync(path);
        Assert.Contains("create index tracks_isrc on tracks (external_id_isrc);", server.Log, StringComparison.Ordinal);
        Assert.Contains(
            "wnCK1AIfsiaubgjkCieLBF", await server.Client.GetStringAsync("/lookup/isrc/QMM1I4206647"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_another_name_is_as_good_and_no_warning_is_given()
    {
        var path = _folder.AddConformanceCatalog();
        using (var files = SqliteFile.OpenForWriting(_folder["track_files.sqlite3"]))
        {
            files.Execute("DROP INDEX track_files_track_id_unique; CREATE UNIQUE INDEX other ON track_files (track_id)");
        }

        await using var server = await ServerProcess.StartAsync(path);
        Assert.DoesNotContain("has no index", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_only_some_copies_have_are_not_needed()
    {
        var path = Altered(
            "ALTER TABLE tracks DROP COLUMN external_id_ean; ALTER TABLE tracks DROP COLUMN external_id_upc; ALTER TABLE tracks ADD "
                + "COLUMN other");
        await using var server = await ServerProcess.StartAsync(path);
        Assert.Contains(
            "\"isrc\":\"QMM1I4206647\"",
            await server.Client.GetStringAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_waiting_in_a_journal_are_told_of()
    {
        var path = _folder.AddConformanceCatalog();
        await File.WriteAllTextAsync(path + "-wal", "not merged");
        await using var server = await ServerProcess.StartAsync(path);
        Assert.Contains("holds changes that are not served", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_ever_written_beside_the_files()
    {
        var path = _folder.AddConformanceCatalog();
        using (var main = SqliteFile.OpenForWriting(path))
        {
            _ = main.QueryText("PRAGMA journal_mode=WAL");
        }

        var before = Snapshot();
        await using (var server = await ServerProcess.StartAsync(path))
        {
            _ = await server.Client.GetStringAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF");
            _ = await server.Client.GetStringAsync("/search/track?q=ab");
            Assert.Equal(before, Snapshot());
        }

        Assert.Equal(before, Snapshot());
    }

    public void Dispose() => _folder.Dispose();

    private string Altered(string sql)
    {
        var path = _folder.AddConformanceCatalog();
        using var connection = SqliteFile.OpenForWriting(path);
        connection.Execute(sql);
        return path;
    }

    private string[] Snapshot() =>
        [.. new DirectoryInfo(_folder.Path).GetFiles().Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}").Order()];

    private static Task AssertRefusedAsync(string database, string reason) =>
        ServerProcess.AssertRefusedAsync(reason, "-db", database, "-addr", "127.0.0.1:0");
}
