using System.Security.Cryptography;
using MusicMetadata.Sqlite;
using MusicMetadata.Tests.Binary;

namespace MusicMetadata.Tests.Commands;

public sealed class CheckAndBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _main;

    public CheckAndBackupTests() => _main = _folder.AddConformanceCatalog();

    [Fact]
    public async Task A_whole_catalog_is_ok()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(0, exitCode);
        Assert.EndsWith("ok", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Matches("tracks: [0-9,]+ rows at most", output);
        Assert.Matches("pair: [0-9]+ of 64 tracks have a row", output);
        Assert.Matches("pages of main_database.sqlite3: [0-9,]+ in", output);
    }

    [Fact]
    public async Task An_index_of_another_catalog_is_a_problem()
    {
        Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", _main)).ExitCode);
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(0, exitCode);
        Assert.Contains("search_index.sqlite3: ", output, StringComparison.Ordinal);
        using (var main = Connection.OpenForWriting(_main))
        {
            main.Execute("UPDATE tracks SET name = 'Other' WHERE rowid = 1");
        }

        (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(1, exitCode);
        Assert.Contains("search_index.sqlite3 is not used for searches: it belongs to another database", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP INDEX tracks_isrc", "has no index on tracks.external_id_isrc")]
    [InlineData("ALTER TABLE albums RENAME COLUMN label TO brand", "has no column albums.label")]
    [InlineData("DROP TABLE album_images", "has no table album_images")]
    public async Task What_is_missing_is_a_problem(string sql, string problem)
    {
        using (var main = Connection.OpenForWriting(_main))
        {
            main.Execute(sql);
        }

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(1, exitCode);
        Assert.Contains(problem, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_two_catalogs_are_a_problem()
    {
        using (var trackFiles = Connection.OpenForWriting(_folder["track_files.sqlite3"]))
        {
            trackFiles.Execute("UPDATE track_files SET track_id = 'x' || rowid");
        }

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(1, exitCode);
        Assert.Contains("seems to belong to another catalog", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_is_found_by_the_full_check_only()
    {
        using (var file = File.OpenHandle(_main, FileMode.Open, FileAccess.ReadWrite))
        {
            // In the middle, away from the schema at the beginning.
            RandomAccess.Write(file, RandomNumberGenerator.GetBytes(4096), RandomAccess.GetLength(file) / 2 / 4096 * 4096);
        }

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(1, exitCode);
        Assert.Contains($"problem: {_main}: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "-db", "/nowhere/main_database.sqlite3")]
    [InlineData("backup", "-db", "/nowhere/main_database.sqlite3", "x")]
    public async Task No_file_is_exit_code_1_and_one_line(params string[] arguments)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains("does not exist", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "-fool")]
    [InlineData("backup")]
    public async Task A_wrong_command_line_is_exit_code_2(params string[] arguments) =>
        Assert.Equal(2, (await ServerProcess.RunAsync(arguments)).ExitCode);

    [Fact]
    public async Task A_backup_of_a_served_catalog_is_the_same_and_can_be_served()
    {
        await using var server = await ServerProcess.StartAsync(_main);
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("Copied and verified", output, StringComparison.Ordinal);
        Assert.Equal(["main_database.sqlite3", "track_files.sqlite3"], Directory.EnumerateFiles(_folder["copy"]).Select(Path.GetFileName).Order());
        await AssertSameAsync();
        Assert.Equal(0, (await ServerProcess.RunAsync("check", "-db", Path.Combine(_folder["copy"], "main_database.sqlite3"))).ExitCode);
    }

    [Fact]
    public async Task A_backup_never_overwrites()
    {
        Directory.CreateDirectory(_folder["copy"]);
        var existing = Path.Combine(_folder["copy"], "track_files.sqlite3");
        await File.WriteAllTextAsync(existing, "precious");
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"{existing} exists already", output, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(existing));
        Assert.Single(Directory.EnumerateFiles(_folder["copy"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(100_000_000)]
    public async Task A_backup_goes_on_with_what_an_interrupted_one_left_whatever_that_is(int length)
    {
        Directory.CreateDirectory(_folder["copy"]);
        var part = (await File.ReadAllBytesAsync(_main)).Take(length).ToArray();
        if (length == 100_000)
        {
            part[50_000] ^= 1;
        }

        await File.WriteAllBytesAsync(Path.Combine(_folder["copy"], "main_database.sqlite3.part"), [.. part, .. new byte[length > 1_000_000 ? 5000 : 0]]);
        Assert.Equal(0, (await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"])).ExitCode);
        await AssertSameAsync();
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertSameAsync()
    {
        foreach (var name in new[] { "main_database.sqlite3", "track_files.sqlite3" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(_folder[name]), await File.ReadAllBytesAsync(Path.Combine(_folder["copy"], name)));
        }
    }
}
