using System.Security.Cryptography;
using MusicMetadata.Catalog;
using MusicMetadata.Import.MusicBrainz;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>The same dump gives the same bytes, whatever happens on the way.</summary>
public class RepeatTests
{
    private const int Tracks = 30_000;

    /// <summary>How each system tells of a process that was killed; on Unix 128 and the number of SIGKILL.</summary>
    private static readonly int Killed = OperatingSystem.IsWindows() ? -1 : 137;

    private static readonly string[] Files = ["main_database.sqlite3", "track_files.sqlite3"];

    [Fact]
    public void Folder_and_archives_and_any_amount_of_memory_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var dump = AwkwardDump.Create();
        ImportedCatalog.Import(folder["a"], [dump.WriteFolder(folder["folder"])]);
        ImportedCatalog.Import(folder["b"], dump.WriteArchives(folder["archives"]), memory: 1L << 30);
        Assert.Equal(Hashes(folder["a"]), Hashes(folder["b"]));
    }

    [Fact]
    public void Tables_in_another_order_give_the_same_bytes()
    {
        // PostgreSQL dumps rows as they lie, which an edit of any of them changes.
        using var folder = new TemporaryFolder();
        Write(folder["dump"]);
        ImportedCatalog.Import(folder["a"], [folder["dump"]]);
        foreach (var file in Directory.EnumerateFiles(folder["dump/mbdump"]))
        {
            File.WriteAllText(file, string.Concat(File.ReadAllLines(file).Reverse().Select(line => line + "\n")));
        }

        ImportedCatalog.Import(folder["b"], [folder["dump"]]);
        Assert.Equal(Hashes(folder["a"]), Hashes(folder["b"]));
    }

    [Fact]
    public void Killed_when_both_files_have_their_names_only_the_rest_is_put_in_order()
    {
        using var folder = new TemporaryFolder();
        var dump = AwkwardDump.Create().WriteFolder(folder["dump"]);
        ImportedCatalog.Import(folder["out"], [dump]);
        var hashes = Hashes(folder["out"]);
        var work = Path.Combine(folder["out"], MusicBrainzImport.WorkFolder);
        Directory.CreateDirectory(work);
        ImportedCatalog.Import(folder["out"], [dump]);
        Assert.False(Directory.Exists(work));
        Assert.Equal(hashes, Hashes(folder["out"]));
        _ = Assert.Throws<OperatorException>(() => ImportedCatalog.Import(folder["out"], [dump]));
    }

    [Fact]
    public async Task Killed_at_any_moment_there_is_never_half_a_catalog_and_the_next_import_makes_a_whole_one()
    {
        const int Kills = 20;
        using var folder = new TemporaryFolder();
        Write(folder["dump"]);
        var archives = Pack(folder["dump"], folder["archives"]);
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        await RunAsync(folder["whole"]);
        var time = System.Diagnostics.Stopwatch.GetElapsedTime(begun);
        var whole = Hashes(folder["whole"]);
        var random = Seeded.Random();
        var (killed, continued) = (0, 0);
        for (var i = 0; i < Kills; i++)
        {
            await using (var import = ServerProcess.Launch(Arguments(folder["out"]), []))
            {
                await Task.Delay(time * random.NextDouble());
                import.EndAtOnce();
                killed += await import.WaitForExitAsync() == Killed ? 1 : 0;
                continued += import.Log.Contains("Continuing", StringComparison.Ordinal) ? 1 : 0;
            }

            if (File.Exists(Path.Combine(folder["out"], Files[0])))
            {
                // It was quicker than the kill.
                Assert.Equal(whole, Hashes(folder["out"]));
                Directory.Delete(folder["out"], recursive: true);
            }
        }

        if (!File.Exists(Path.Combine(folder["out"], Files[0])))
        {
            await RunAsync(folder["out"]);
        }

        Assert.Equal(whole, Hashes(folder["out"]));
        Assert.False(Directory.Exists(Path.Combine(folder["out"], MusicBrainzImport.WorkFolder)));
        Assert.True(killed > 0, "every import ended before its kill");
        Assert.True(continued > 0, "no import found anything that the one before had extracted");

        string[] Arguments(string target) => ["import", "musicbrainz", .. archives, "-out", target];

        async Task RunAsync(string target)
        {
            var (code, output) = await ServerProcess.RunAsync(Arguments(target));
            Assert.True(code == 0, output);
        }
    }

    private static void Write(string folder)
    {
        using var dump = new InventedDump(folder, Tracks, seed: 1);
        dump.Write();
    }

    /// <summary>One archive of the tables of releases and one of the others: what is in which does not matter.</summary>
    private static string[] Pack(string folder, string archives)
    {
        Directory.CreateDirectory(archives);
        var first = new[] { "TIMESTAMP", "SCHEMA_SEQUENCE" };
        var tables = Directory.EnumerateFiles(Path.Combine(folder, "mbdump")).Select(path => "mbdump/" + Path.GetFileName(path))
            .Order(StringComparer.Ordinal).ToLookup(name => name.Contains("release", StringComparison.Ordinal));
        return [.. new[] { true, false }.Select(which =>
        {
            var path = Path.Combine(archives, $"{which}.tar.bz2");
            DumpFiles.Pack(path, first.Concat(tables[which]).Select(name => (name, File.ReadAllBytes(Path.Combine(folder, name)))));
            return path;
        })];
    }

    private static string[] Hashes(string folder) =>
        [.. Files.Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file)))))];
}
