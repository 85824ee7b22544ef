using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Commands;

public sealed partial class CheckAndBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _main;

    public CheckAndBackupTests() => _main = _folder.AddConformanceCatalog();

    [Fact]
    public async Task The_full_check_of_a_whole_catalog_says_ok_and_what_is_in_it()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(0, exitCode);

        // The end of the progress, on the other stream, may be read after it.
        Assert.Contains("ok", output.Split('\n', StringSplitOptions.TrimEntries));
        Assert.Contains("tracks: 3,000 rows", output.Split('\n', StringSplitOptions.TrimEntries));
        Assert.Matches("pair: [0-9]+ of 64 tracks have a row", output);
        Assert.Matches("pages of main_database.sqlite3: [0-9,]+ in", output);
    }

    [Fact]
    public async Task Rows_are_counted_or_not_told_however_high_their_rowids_are()
    {
        using (var main = SqliteFile.OpenForWriting(_main))
        {
            main.Execute("UPDATE tracks SET rowid = 136891227 WHERE rowid = (SELECT max(rowid) FROM tracks)");
        }

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(" rows", output, StringComparison.Ordinal);
        (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(0, exitCode);
        Assert.Contains("tracks: 3,000 rows", output.Split('\n', StringSplitOptions.TrimEntries));
        await using var server = await ServerProcess.StartAsync(_main);
        Assert.DoesNotContain("136891227", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Rows", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_another_catalog_is_a_problem()
    {
        Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", _main)).ExitCode);
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(0, exitCode);
        Assert.Contains("search_index.sqlite3: ", output, StringComparison.Ordinal);
        using (var main = SqliteFile.OpenForWriting(_main))
        {
            main.Execute("UPDATE tracks SET name = 'Other' WHERE rowid = 1");
        }

        (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(1, exitCode);
        Assert.Contains("search_index.sqlite3 is not used for searches: it belongs to another database", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_is_named_and_not_there_is_a_problem()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-index", _folder["other"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"problem: {_folder["other"]} is not used for searches: it does not exist.", output, StringComparison.Ordinal);
        Assert.Equal(0, (await ServerProcess.RunAsync("check", "-db", _main, "-index", "off")).ExitCode);
    }

    [Theory]
    [InlineData("albums_postings")]
    [InlineData("about")]
    public async Task An_index_without_a_table_is_a_problem(string table)
    {
        Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", _main)).ExitCode);
        using (var index = SqliteFile.OpenForWriting(_folder["search_index.sqlite3"]))
        {
            index.Execute($"DROP TABLE {table}");
        }

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(1, exitCode);
        Assert.Contains($"no such table: {table}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP INDEX tracks_isrc", "has no index on tracks.external_id_isrc")]
    [InlineData("ALTER TABLE albums RENAME COLUMN label TO brand", "has no column albums.label")]
    [InlineData("DROP TABLE album_images", "has no table album_images")]
    public async Task What_is_missing_is_a_problem(string sql, string problem)
    {
        using (var main = SqliteFile.OpenForWriting(_main))
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
        using (var trackFiles = SqliteFile.OpenForWriting(_folder["track_files.sqlite3"]))
        {
            trackFiles.Execute("UPDATE track_files SET track_id = 'x' || rowid");
        }

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main);
        Assert.Equal(1, exitCode);
        Assert.Contains("seems to belong to another catalog", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_is_found_by_the_full_check()
    {
        // In the middle, away from the schema at the beginning.
        var noise = new byte[DatabasePages.Size];
        Seeded.Random().NextBytes(noise);
        _ = DatabasePages.Overwrite(_main, new FileInfo(_main).Length / 2 / DatabasePages.Size * DatabasePages.Size, noise);
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(1, exitCode);
        Assert.Contains($"problem: {_main}: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_check_lists_all_problems()
    {
        // Counting the rows of the first cannot even begin.
        DamageRoot(_main, "tracks");
        DamageRoot(_folder["track_files.sqlite3"], "track_files_track_id_unique");

        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-index", _folder["other"], "-full");
        Assert.Equal(1, exitCode);
        Assert.Contains($"problem: {_main}: database disk image is malformed", output, StringComparison.Ordinal);
        Assert.Contains("it does not exist", output, StringComparison.Ordinal);
        Assert.Contains($"problem: {_main}: ***", output, StringComparison.Ordinal);
        Assert.Contains($"problem: {_folder["track_files.sqlite3"]}: ***", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_check_reads_the_second_file_though_the_first_is_no_database()
    {
        await File.WriteAllTextAsync(_main, "not a database at all");
        DamageRoot(_folder["track_files.sqlite3"], "track_files_track_id_unique");
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-db", _main, "-full");
        Assert.Equal(1, exitCode);
        Assert.Contains($"problem: {_main}: file is not a database", output, StringComparison.Ordinal);
        Assert.Contains($"problem: {_folder["track_files.sqlite3"]}: ***", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "-db", "/nowhere/main_database.sqlite3")]
    [InlineData("backup", "-db", "/nowhere/main_database.sqlite3", "x")]
    public async Task No_file_is_exit_code_1_and_one_line(params string[] arguments)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "does not exist", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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
        Assert.Equal(
            ["main_database.sqlite3", "track_files.sqlite3"], Directory.EnumerateFiles(_folder["copy"]).Select(Path.GetFileName).Order());
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

        await File.WriteAllBytesAsync(
            Path.Combine(_folder["copy"], "main_database.sqlite3.part"), [.. part, .. new byte[length > 1_000_000 ? 5000 : 0]]);
        Assert.Equal(0, (await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"])).ExitCode);
        await AssertSameAsync();
    }

    [Theory]
    [InlineData("track_files.sqlite3")]
    [InlineData("main_database.sqlite3")]
    public async Task A_backup_killed_between_its_two_renames_goes_on(string unfinished)
    {
        Assert.Equal(0, (await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"])).ExitCode);
        var path = Path.Combine(_folder["copy"], unfinished);
        File.Move(path, path + ".part");
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(0, exitCode);
        Assert.Contains($"Copied and verified: {path}", output, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(output, "There already, and the same: "));
        Assert.Equal(2, Directory.EnumerateFiles(_folder["copy"]).Count());
        await AssertSameAsync();
    }

    [Fact]
    public async Task A_finished_backup_stays_as_it_is()
    {
        Assert.Equal(0, (await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"])).ExitCode);
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(0, exitCode);
        Assert.Equal(2, Regex.Count(output, "There already, and the same: "));
        Assert.DoesNotContain("Copied", output, StringComparison.Ordinal);
        var main = Path.Combine(_folder["copy"], "main_database.sqlite3");
        _ = DatabasePages.Overwrite(main, new FileInfo(main).Length - 1, [0xFF]);
        var changed = await File.ReadAllBytesAsync(main);
        (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"{main} exists already and is not the same", output, StringComparison.Ordinal);
        Assert.Equal(changed, await File.ReadAllBytesAsync(main));
    }

    [Fact]
    public async Task The_source_is_no_backup_of_itself()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder.Path);
        Assert.Equal(1, exitCode);
        Assert.Contains("metadata-api: " + _main, output, StringComparison.Ordinal);
        Assert.Contains("name another folder", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main_database.sqlite3")]
    [InlineData("track_files.sqlite3")]
    public async Task Changes_that_are_not_in_the_file_yet_are_refused(string name)
    {
        using var writer = SqliteFile.OpenForWriting(_folder[name]);
        writer.Execute("PRAGMA journal_mode = WAL; CREATE TABLE committed (x); INSERT INTO committed VALUES (1)");
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(1, exitCode);
        Assert.Contains(
            _folder[name] + "-wal holds changes that are not served and not copied",
            Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder["copy"]));
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_part_is_not_followed()
    {
        Needs.Unix("links that anybody may make");
        Directory.CreateDirectory(_folder["copy"]);
        await File.WriteAllTextAsync(_folder["precious"], "precious");
        File.CreateSymbolicLink(Path.Combine(_folder["copy"], "track_files.sqlite3.part"), _folder["precious"]);
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("track_files.sqlite3.part is a link to", output, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["precious"]));
    }

    [Fact]
    public async Task A_backup_of_one_file_says_that_the_other_is_not_there()
    {
        File.Delete(_folder["track_files.sqlite3"]);
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]);
        Assert.Equal(0, exitCode);
        Assert.Contains($"Not copied, because it is not beside {_main}: track_files.sqlite3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_backup_to_the_same_folder_is_kept_out()
    {
        var refused = 0;
        var progress = new NoProgress(_ =>
        {
            var (exitCode, output) = ServerProcess.RunAsync("backup", "-db", _main, _folder["copy"]).GetAwaiter().GetResult();
            Assert.Equal(1, exitCode);
            Assert.Contains(
                "If another backup to this folder runs",
                Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
                StringComparison.Ordinal);
            refused++;
        });
        Assert.Equal(2, new CatalogBackup(CatalogFiles.Find(_main), _folder["copy"], progress).Run(default).Count);
        Assert.Equal(4, refused);
        await AssertSameAsync();
    }

    [Fact]
    public void A_copy_that_loses_its_end_is_found_out()
    {
        Needs.ReplaceableOpenFiles();
        var progress = new NoProgress(stage =>
        {
            if (stage.StartsWith("verifying", StringComparison.Ordinal))
            {
                Assert.Equal(0, Truncate(Path.Combine(_folder["copy"], "main_database.sqlite3.part"), 5000));
            }
        });
        var backup = new CatalogBackup(CatalogFiles.Find(_main), _folder["copy"], progress);
        Assert.Contains(
            "is not what was written to it", Assert.Throws<OperatorException>(() => backup.Run(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_copy_has_the_mode_of_its_source_also_behind_a_link()
    {
        Needs.Unix("modes of files");
        File.SetUnixFileMode(_main, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Directory.CreateDirectory(_folder["links"]);
        foreach (var name in new[] { "main_database.sqlite3", "track_files.sqlite3" })
        {
            File.CreateSymbolicLink(Path.Combine(_folder["links"], name), _folder[name]);
        }

        var database = Path.Combine(_folder["links"], "main_database.sqlite3");
        Assert.Equal(0, (await ServerProcess.RunAsync("backup", "-db", database, _folder["copy"])).ExitCode);
        await AssertSameAsync();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(_folder["copy"], "main_database.sqlite3")));
    }

    public void Dispose() => _folder.Dispose();

    private static void DamageRoot(string path, string name) =>
        _ = DatabasePages.Overwrite(path, DatabasePages.RootOf(path, name), new byte[100]);

    private async Task AssertSameAsync()
    {
        foreach (var name in new[] { "main_database.sqlite3", "track_files.sqlite3" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(_folder[name]), await File.ReadAllBytesAsync(Path.Combine(_folder["copy"], name)));
        }
    }

    [LibraryImport("libc", EntryPoint = "truncate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Truncate(string path, long length);
}
