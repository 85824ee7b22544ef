using System.Text.Json.Nodes;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;

namespace MusicMetadata.Tests.Search;

/// <summary>A build that is killed leaves nothing that a server takes for an index, and the next one makes a whole one.</summary>
public class KillTests
{
    /// <summary>How each system tells of a process that was killed; on Unix 128 and the number of SIGKILL.</summary>
    private static readonly int Killed = OperatingSystem.IsWindows() ? -1 : 137;

    /// <summary>Where builds are killed: as soon as they have written this file, or the line that ends this stage.</summary>
    private static readonly string[] Points =
    [
        "source", "Reading artists", "tracks.complete", "Reading albums", IndexSchema.FileName, "Sorting artists",
        "Writing artists", "Sorting tracks", "Writing tracks", "Sorting albums",
    ];

    [Fact]
    public async Task Killed_at_any_stage_there_is_never_a_wrong_index_and_the_next_build_makes_a_whole_one()
    {
        using var folder = new TemporaryFolder();
        _ = await DemoCatalogs.EnsureAsync(folder.Path, tracks: 30_000);
        var (database, index) = (folder["main_database.sqlite3"], folder["search_index.sqlite3"]);
        Assert.Equal(0, (await ServerProcess.RunAsync(Build(database))).ExitCode);
        var whole = await File.ReadAllBytesAsync(index);
        File.Delete(index);
        var (killed, continued) = (0, 0);
        foreach (var point in Points)
        {
            await using (var build = ServerProcess.Launch(Build(database), []))
            {
                var file = Path.Combine(index + IndexBuilder.FolderSuffix, point);
                await Wait.UntilAsync(
                    () => File.Exists(file) || build.Log.Contains(point + ":", StringComparison.Ordinal) || build.HasExited,
                    () => $"{point}: {build.Log}",
                    pause: TimeSpan.FromMilliseconds(1));
                build.EndAtOnce();
                killed += await build.WaitForExitAsync() == Killed ? 1 : 0;
            }

            if (File.Exists(index))
            {
                // It was quicker than the kill.
                Assert.Equal(whole, await File.ReadAllBytesAsync(index));
            }

            await CheckServerAsync(database, File.Exists(index));
            File.Delete(index);
            var (exitCode, output) = await ServerProcess.RunAsync(Build(database));
            Assert.True(exitCode == 0, $"after a kill at {point}: {output}");
            continued += output.Contains("Continuing", StringComparison.Ordinal) ? 1 : 0;
            Assert.Equal(whole, await File.ReadAllBytesAsync(index));
            Assert.False(Directory.Exists(index + IndexBuilder.FolderSuffix));
            if (point == Points[^1])
            {
                await CheckServerAsync(database, indexed: true);
            }

            File.Delete(index);
        }

        Assert.True(killed > 0, "every build ended before its kill");
        Assert.True(continued > 0, "no build found anything that the one before had read");
    }

    private static string[] Build(string database) => ["index", "-db", database, "-memory", $"{IndexOptions.MinMemory}"];

    private static async Task CheckServerAsync(string database, bool indexed)
    {
        await using var server = await ServerProcess.StartAsync(database);
        Assert.Contains(indexed ? "Searches use the index" : "is not used: there is none", server.Log, StringComparison.Ordinal);
        Assert.Equal(20, JsonNode.Parse(await server.Client.GetStringAsync("/search/track?q=the"))!.AsArray().Count);
    }
}
