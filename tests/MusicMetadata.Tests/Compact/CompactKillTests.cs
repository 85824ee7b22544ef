using MusicMetadata.Compact;
using MusicMetadata.Compact.Building;

namespace MusicMetadata.Tests.Compact;

/// <summary>A build that is killed or meets a full disk goes on where it was, and makes the file that it would have made.</summary>
public sealed class CompactKillTests : IDisposable
{
    /// <summary>How a process ends that was killed: 128 and the number of SIGKILL.</summary>
    private const int Killed = 137;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Killed_in_any_phase_the_next_build_makes_the_same_file()
    {
        Needs.Unix("SIGKILL");
        _ = await DemoCatalogs.EnsureAsync(_folder.Path, tracks: 30_000);
        var (database, path) = (_folder["main_database.sqlite3"], _folder[CompactFormat.FileName]);
        Assert.Equal(0, (await ServerProcess.RunAsync("compact", "-db", database)).ExitCode);
        var whole = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        var killed = 0;
        foreach (var point in (string[])["source", CompactFormat.FileName, "texts and dictionary:", "artists:",
            "albums without tracks:", "track_id-000000.run", "artist_id:", "track_id:", "album_order:"])
        {
            await using (var build = ServerProcess.Launch(["compact", "-db", database], []))
            {
                var file = Path.Combine(path + CompactBuilder.FolderSuffix, point);
                await Wait.UntilAsync(
                    () => File.Exists(file) || build.Log.Contains(point, StringComparison.Ordinal) || build.HasExited,
                    () => $"{point}: {build.Log}",
                    pause: TimeSpan.FromMilliseconds(1));
                build.EndAtOnce();
                killed += await build.WaitForExitAsync() == Killed ? 1 : 0;
            }

            // What was quicker than the kill is whole; what was not has no name yet.
            Assert.True(!File.Exists(path) || IsSame(whole, path), point);
            File.Delete(path);
            if (point is "artists:" or "track_id:")
            {
                // Once more from what is left, and from what is left of that.
                continue;
            }

            var (exitCode, output) = await ServerProcess.RunAsync("compact", "-db", database);
            Assert.True(exitCode == 0, $"after a kill at {point}: {output}");
            Assert.True(IsSame(whole, path), $"after a kill at {point} it is another file");
            Assert.False(Directory.Exists(path + CompactBuilder.FolderSuffix));
            File.Delete(path);
        }

        Assert.True(killed > 4, $"only {killed} were killed in time");
    }

    [Fact]
    public async Task A_full_disk_is_one_clear_line_and_with_room_it_goes_on()
    {
        Needs.Linux("ulimit -f that makes writing fail");
        _ = await DemoCatalogs.EnsureAsync(_folder.Path, tracks: 30_000);
        var database = _folder["main_database.sqlite3"];

        // The kernel lets no file of the process become larger: for SQLite and the runs that is a disk without room.
        // The runtime's second view of compiled code is such a file as well.
        string[] limited = ["-c", $"trap '' XFSZ; ulimit -f 1500; exec '{ServerProcess.Executable}' compact -db '{database}'"];
        await using (var build = ServerProcess.Launch(limited, new() { ["DOTNET_EnableWriteXorExecute"] = "0" }, program: "bash"))
        {
            Assert.Equal(1, await build.WaitForExitAsync());
            var last = build.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
            Assert.StartsWith("metadata-api: ", last, StringComparison.Ordinal);
            Assert.Contains("finished phases are kept", last, StringComparison.OrdinalIgnoreCase);
        }

        Assert.False(File.Exists(_folder[CompactFormat.FileName]));
        var (exitCode, output) = await ServerProcess.RunAsync("compact", "-db", database);
        Assert.Equal(0, exitCode);
        Assert.Contains("Continuing after phase", output, StringComparison.Ordinal);
        Assert.Equal(0, (await ServerProcess.RunAsync("compact", "-verify", "-db", database)).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsSame(byte[] whole, string path) => whole.AsSpan().SequenceEqual(File.ReadAllBytes(path));
}
