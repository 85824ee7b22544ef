using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using MusicMetadata.Catalog;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>What is no dump, or a damaged one: a line that says what to do, and no catalog.</summary>
public sealed class BadDumpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DumpFiles _dump = AwkwardDump.Create();

    private string Out => _folder["out"];

    [Theory]
    [InlineData("29", "Take a newer dump.")]
    [InlineData("32", "Take a newer version of this program.")]
    [InlineData("many", "Take a newer dump.")]
    public void Another_schema_is_refused_before_an_archive_is_read(string schema, string advice)
    {
        _dump.Schema = schema;
        foreach (var dumps in new[] { _dump.WriteArchives(_folder["archives"]), [_dump.WriteFolder(_folder["dump"])] })
        {
            var message = Refused(dumps);
            Assert.Contains($" has MusicBrainz's schema {schema}; this program knows 30 to 31. {advice}", message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_schema_before_is_read_too()
    {
        // It has a column more in isrc, behind those that are read.
        _dump.Schema = "30";
        ImportedCatalog.Import(Out, [_dump.WriteFolder(_folder["dump"])]);
        Assert.True(File.Exists(_folder["out/main_database.sqlite3"]));
    }

    [Fact]
    public void Columns_that_are_appended_are_passed_over()
    {
        _dump["track"].Replace("\n", "\tnew\tcolumns\n");
        ImportedCatalog.Import(Out, [_dump.WriteFolder(_folder["dump"])]);
        Assert.Equal(42, DemoCatalogs.Number(_folder["out/main_database.sqlite3"], "SELECT count(*) FROM tracks"));
    }

    [Fact]
    public void The_core_alone_is_enough()
    {
        ImportedCatalog.Import(Out, _dump.WriteArchives(_folder["archives"])[..1]);
        Assert.Equal(42, DemoCatalogs.Number(_folder["out/main_database.sqlite3"], "SELECT count(*) FROM tracks"));
        Assert.Equal(0, DemoCatalogs.Number(
            _folder["out/main_database.sqlite3"], "SELECT (SELECT count(*) FROM artist_genres) + (SELECT count(*) FROM album_images)"));
    }

    [Theory]
    [InlineData("track", "mbdump.tar.bz2")]
    [InlineData("artist_tag", "mbdump-derived.tar.bz2")]
    [InlineData("cover_art_archive.cover_art_type", "mbdump-cover-art-archive.tar.bz2")]
    public void A_missing_member_is_named_with_its_archive(string table, string archive)
    {
        _dump.Remove(table);
        Assert.StartsWith($"The dump has no {table}, which should be in {archive}. ", Refused(_dump.WriteArchives(_folder["archives"])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_other_archives_without_the_core_are_not_enough() =>
        Assert.Contains("which should be in mbdump.tar.bz2", Refused(_dump.WriteArchives(_folder["archives"])[1..]),
            StringComparison.Ordinal);

    [Fact]
    public void Archives_of_different_dumps_are_refused()
    {
        var first = _dump.WriteArchives(_folder["first"]);
        _dump.Time = "2026-05-30 00:00:00+00";
        Assert.Contains("are of different dumps: 2026-05-27", Refused(first[0], _dump.WriteArchives(_folder["second"])[1]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_archive_is_told_wherever_it_is_cut()
    {
        var archives = _dump.WriteArchives(_folder["archives"]);
        var whole = File.ReadAllBytes(archives[0]);
        foreach (var length in new[] { 300, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(archives[0], whole[..length]);
            Assert.StartsWith($"{archives[0]} is damaged or was cut short. ", Refused(archives), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_an_archive_is_told_or_changes_nothing()
    {
        var archives = _dump.WriteArchives(_folder["archives"]);
        var whole = File.ReadAllBytes(archives[0]);
        ImportedCatalog.Import(_folder["whole"], archives);
        var random = Seeded.Random();
        var told = 0;
        for (var i = 0; i < 60; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(archives[0], damaged);
            var other = _folder[$"other{i}"];
            if (Record.Exception(() => ImportedCatalog.Import(other, archives)) is { } e)
            {
                Assert.Contains("mbdump.tar.bz2", Assert.IsType<OperatorException>(e).Message, StringComparison.Ordinal);
                told++;
                continue;
            }

            // A bit that fills the last byte up, or one that says how large blocks may be.
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(_folder["whole"], "main_database.sqlite3")),
                File.ReadAllBytes(Path.Combine(other, "main_database.sqlite3")));
        }

        Assert.True(told > 50, $"only {told} were told");
    }

    [Fact]
    public void An_archive_of_several_streams_is_read_to_its_end()
    {
        // As programs write that compress on all cores.
        var archives = _dump.WriteArchives(_folder["archives"]);
        using (var tar = new MemoryStream())
        {
            BZip2.Decompress(new MemoryStream(File.ReadAllBytes(archives[0])), tar, isStreamOwner: false);
            using var target = File.Create(archives[0]);
            foreach (var part in tar.ToArray().Chunk(5_000))
            {
                BZip2.Compress(new MemoryStream(part), target, isStreamOwner: false, level: 9);
            }
        }

        ImportedCatalog.Import(Out, archives);
        Assert.Equal(42, DemoCatalogs.Number(_folder["out/main_database.sqlite3"], "SELECT count(*) FROM tracks"));
    }

    [Fact]
    public void An_archive_of_another_product_is_refused()
    {
        foreach (var name in new[] { "mbdump/track", "release", "." })
        {
            DumpFiles.Pack(_folder["other.tar.bz2"], [(name, "{}"u8.ToArray())]);
            Assert.StartsWith($"{_folder["other.tar.bz2"]} is no archive of a MusicBrainz dump. ", Refused(_folder["other.tar.bz2"]),
                StringComparison.Ordinal);
        }

        foreach (var content in new[] { "", "PK", new string('x', 1000) })
        {
            File.WriteAllText(_folder["text"], content);
            Assert.StartsWith($"{_folder["text"]} is no archive of a MusicBrainz dump. ", Refused(_folder["text"]),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_of_another_product_is_refused() =>
        Assert.StartsWith($"{_folder.Path} is no dump of MusicBrainz: it has no SCHEMA_SEQUENCE. ", Refused(_folder.Path),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("mbdump/dbmirror_pending")]
    [InlineData("DBMIRROR_VERSION")]
    public void A_replication_packet_is_refused(string member)
    {
        DumpFiles.Pack(_folder["replication-1.tar.bz2"], [.. _dump.Members("mbdump.tar.bz2").Take(5), (member, [])]);
        Assert.Contains("is a replication packet", Refused(_folder["replication-1.tar.bz2"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_that_does_not_exist_is_told() =>
        Assert.Equal($"{_folder["none"]} does not exist.", Refused(_folder["none"]));

    [Theory]
    [InlineData("\tOpening\t2\t", "\tOpening\t")]
    [InlineData("\tOpening\t2\t201000", "")]
    [InlineData("\tOpening\t2\t", "\tOpen\\qing\t2\t")]
    [InlineData("\tOpening\t2\t", "\tOpening\\\t2\t")]
    [InlineData("\tOpening\t2\t", "\tOpening\ttwo\t")]
    [InlineData("\tOpening\t2\t", "\tOpening\t\\N\t")]
    [InlineData("\tOpening\t2\t", "\tOpening\t-2\t")]
    [InlineData("\tOpening\t2\t", "\tOpening\t99999999999\t")]
    [InlineData("cccccccc-0000-4000-8000-000000000001", "cccccccc-0000-4000-8000-00000000000")]
    [InlineData("cccccccc-0000-4000-8000-000000000001", "\\N")]
    [InlineData("\tOpening\t2\t", "\tOpening\t2\n\t")]
    public void A_row_that_cannot_be_is_told_with_its_file_and_line(string right, string wrong)
    {
        Assert.Contains(right, _dump["track"].ToString(), StringComparison.Ordinal);
        _dump["track"].Replace(right, wrong);
        var folder = _dump.WriteFolder(_folder["dump"]);
        var message = Refused(folder);
        Assert.StartsWith(Path.Combine(folder, "mbdump", "track") + " has ", message, StringComparison.Ordinal);
        Assert.Contains("near line 2", message, StringComparison.Ordinal);
        Assert.Contains("Compare mbdump.tar.bz2 with the SHA256SUMS beside its download.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_ends_in_the_middle_of_a_row_is_told()
    {
        _dump["track"].Length -= 5;
        Assert.Contains("mbdump/track ends in the middle of a row", Refused(_dump.WriteFolder(_folder["dump"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_told()
    {
        var folder = _dump.WriteFolder(_folder["dump"]);
        var path = Path.Combine(folder, "mbdump", "artist");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Björk"))] = 0xFF;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("mbdump/artist has text that is not UTF-8", Refused(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_would_take_all_memory_is_told()
    {
        _dump.Add("medium", int.MaxValue, 1, 1, 1, "", 0, null, 1, Guid.NewGuid());
        Assert.Contains("medium has a row with the number 2147483647", Refused(_dump.WriteFolder(_folder["dump"])),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("artist")]
    [InlineData("release")]
    [InlineData("recording")]
    [InlineData("track")]
    [InlineData("track_gid_redirect")]
    public void A_row_that_is_there_twice_is_told(string table)
    {
        var rows = $"{_dump[table]}";
        _dump[table].Append(rows);
        Assert.StartsWith("The dump has something twice that can be there only once: ", Refused(_dump.WriteFolder(_folder["dump"])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Any_byte_that_is_changed_in_a_table_is_told_or_makes_another_catalog()
    {
        var random = Seeded.Random();
        var tables = Directory.GetFiles(Path.Combine(_dump.WriteFolder(_folder["dump"]), "mbdump"));
        for (var i = 0; i < 150; i++)
        {
            var table = tables[random.Next(tables.Length)];
            var right = File.ReadAllBytes(table);
            var wrong = (byte[])right.Clone();
            wrong[random.Next(wrong.Length)] = "0123456789\t\n\\N-ab\u00ff"u8[random.Next(18)];
            File.WriteAllBytes(table, wrong);
            try
            {
                ImportedCatalog.Import(Out, [_folder["dump"]]);
            }
            catch (OperatorException)
            {
            }

            File.WriteAllBytes(table, right);
            if (Directory.Exists(Out))
            {
                Directory.Delete(Out, recursive: true);
            }
        }
    }

    [Fact]
    public void An_empty_dump_is_an_empty_catalog()
    {
        ImportedCatalog.Import(Out, [new DumpFiles().WriteFolder(_folder["dump"])]);
        Assert.Equal(0, DemoCatalogs.Number(_folder["out/main_database.sqlite3"], "SELECT count(*) FROM tracks"));
    }

    [Theory]
    [InlineData("main_database.sqlite3")]
    [InlineData("track_files.sqlite3")]
    public void A_catalog_that_is_there_is_left_alone(string file)
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, file), "somebody's");
        Assert.Contains("has a catalog, which is left alone", Refused(_dump.WriteFolder(_folder["dump"])), StringComparison.Ordinal);
        Assert.Equal("somebody's", File.ReadAllText(Path.Combine(Out, file)));
    }

    [Fact]
    public async Task A_disk_that_fills_is_told_in_a_line_and_the_same_command_continues()
    {
        Needs.Linux("a file size that can be limited for a process");
        var archives = _dump.WriteArchives(_folder["archives"]);
        var arguments = string.Join(' ', archives.Append("-out").Append(Out).Select(word => $"'{word}'"));

        // Just-in-time compiled code lies in a file in memory unless told otherwise, which the limit would be too small for.
        var command = $"trap '' XFSZ; ulimit -f 100; exec '{ServerProcess.Executable}' import musicbrainz {arguments}";
        await using (var import = ServerProcess.Launch(["-c", command], new() { ["DOTNET_EnableWriteXorExecute"] = "0" }, "/bin/bash"))
        {
            Assert.Equal(1, await import.WaitForExitAsync());
            Assert.Contains("Another folder can be given with -out.", Assert.Single(
                import.Log.Split('\n'), line => line.StartsWith("metadata-api: ", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["out/main_database.sqlite3"]));
        }

        var (code, output) = await ServerProcess.RunAsync(["import", "musicbrainz", .. archives, "-out", Out]);
        Assert.True(code == 0, output);
        Assert.Contains("Continuing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_on_the_command_line_is_a_line_and_an_exit_code()
    {
        var (code, output) = await ServerProcess.RunAsync("import", "musicbrainz", _folder["none"], "-memory", "1");
        Assert.Equal(2, code);
        Assert.StartsWith("metadata-api: -memory is '1': give at least 603979776 bytes (576 MiB).", output, StringComparison.Ordinal);
        (code, output) = await ServerProcess.RunAsync("import", "musicbrainz", _folder["none"], "-out", Out);
        Assert.Equal(1, code);
        Assert.Equal($"metadata-api: {_folder["none"]} does not exist.\n", output);
    }

    public void Dispose() => _folder.Dispose();

    private string Refused(params string[] dumps)
    {
        var message = Assert.Throws<OperatorException>(() => ImportedCatalog.Import(Out, dumps)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.False(File.Exists(Path.Combine(Out, "main_database.sqlite3"))
            && new FileInfo(Path.Combine(Out, "main_database.sqlite3")).Length > 100);
        return message;
    }
}
