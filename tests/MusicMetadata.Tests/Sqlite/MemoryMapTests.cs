using System.Globalization;
using System.Runtime.InteropServices;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Sqlite;

public sealed partial class MemoryMapTests : IDisposable
{
    private const int AdviceNormal = 0;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Opening_advises_the_new_map_and_leaves_those_of_other_connections_alone()
    {
        Needs.Linux("/proc/self/smaps");
        var path = _folder.AddConformanceCatalog();
        using var first = SqliteFile.OpenForServing(path, 1 << 20, 1 << 30);
        var map = Assert.Single(Maps(path));
        Assert.True(map.IsRandom);

        // So that advising it again would show.
        Assert.Equal(0, Advise(map.Start, map.Length, AdviceNormal));
        Assert.False(Assert.Single(Maps(path)).IsRandom);
        using (SqliteFile.OpenForServing(path, 1 << 20, 1 << 30))
        {
            var maps = Maps(path);
            Assert.Equal(2, maps.Count);
            Assert.False(maps.Single(one => one.Start == map.Start).IsRandom);
            Assert.True(maps.Single(one => one.Start != map.Start).IsRandom);
        }

        // The next one may lie where the one before did.
        using var next = SqliteFile.OpenForServing(path, 1 << 20, 1 << 30);
        Assert.True(Maps(path).Single(one => one.Start != map.Start).IsRandom);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The maps of a file in this process, and whether each was advised that reads will be random (<c>rr</c>, see proc_pid_smaps(5)).
    /// </summary>
    private static List<(nint Start, nuint Length, bool IsRandom)> Maps(string path)
    {
        var maps = new List<(nint, nuint, bool)>();
        (nint Start, nint End)? current = null;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.EndsWith(path, StringComparison.Ordinal))
            {
                var range = line.Split(' ')[0].Split('-')
                    .Select(hex => nint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
                current = (range[0], range[1]);
            }
            else if (current is var (start, end) && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                maps.Add((start, (nuint)(end - start), line.Split(' ').Contains("rr")));
                current = null;
            }
        }

        return maps;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
