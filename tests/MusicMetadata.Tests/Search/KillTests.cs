using System.Text.Json.Nodes;
using MusicMetadata.Import.Demo;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;
using MusicMetadata.Tests.Binary;

namespace MusicMetadata.Tests.Search;

/// <summary>A build that is killed leaves nothing that a server takes for an index, and the next one makes a whole one.</summary>
public class KillTests
{
    /// <summary>128 and the number of SIGKILL.</summary>
    private const int Killed = 137;

    [Fact]
    public async Task Killed_at_twenty_random_moments_there_is_never_a_wrong_index()
    {
        using var folder = new TemporaryFolder();
        var demo = new DemoFolder(new DemoOptions { Tracks = 60_000, Folder = folder.Path });
        _ = await demo.EnsureAsync(new Quiet(), default);
        var index = folder["search_index.sqlite3"];

        // What a build that nobody disturbs makes, and how long it takes.
        var begun = Environment.TickCount64;
        Assert.Equal(0, (await ServerProcess.RunAsync(Build(demo.Main))).ExitCode);
        var duration = (int)(Environment.TickCount64 - begun);
        var whole = await File.ReadAllBytesAsync(index);
        File.Delete(index);

        var random = new Random();
        var killed = 0;
        var continued = 0;
        for (var i = 0; i < 20; i++)
        {
            await using var build = ServerProcess.Launch(Build(demo.Main), []);
            await Task.Delay(random.Next(duration));
            build.EndAtOnce();
            killed += await build.WaitForExitAsync(TimeSpan.FromSeconds(60)) == Killed ? 1 : 0;
            continued += build.Log.Contains("Continuing", StringComparison.Ordinal) ? 1 : 0;
            if (File.Exists(index))
            {
                // It was quicker than the kill.
                Assert.Equal(whole, await File.ReadAllBytesAsync(index));
            }

            if (i % 5 == 4)
            {
                await CheckServerAsync(demo.Main, File.Exists(index));
            }

            File.Delete(index);
        }

        Assert.True(killed > 0, "every build ended before its kill");
        Assert.True(continued > 0, "no build found anything that the one before had read");
        Assert.Equal(0, (await ServerProcess.RunAsync(Build(demo.Main))).ExitCode);
        Assert.Equal(whole, await File.ReadAllBytesAsync(index));
        Assert.False(Directory.Exists(index + IndexBuilder.FolderSuffix));
        await CheckServerAsync(demo.Main, indexed: true);
    }

    private static string[] Build(string database) => ["index", "-db", database, "-memory", $"{IndexOptions.LeastMemory}"];

    private static async Task CheckServerAsync(string database, bool indexed)
    {
        await using var server = await ServerProcess.StartAsync(database);
        Assert.Contains(indexed ? "Searches use the index" : "is not used: there is none", server.Log, StringComparison.Ordinal);
        Assert.Equal(20, JsonNode.Parse(await server.Client.GetStringAsync("/search/track?q=the"))!.AsArray().Count);
    }

    private sealed class Quiet : Catalog.IWorkProgress, Catalog.IWorkStage
    {
        public Catalog.IWorkStage Begin(string name, long total) => this;

        public void Advance(long done)
        {
        }

        public void Dispose()
        {
        }
    }
}
