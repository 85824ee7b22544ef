using System.Globalization;
using System.Runtime.InteropServices;

namespace MusicMetadata.Sqlite;

/// <summary>Tells the kernel how the memory map that SQLite makes of a file is used.</summary>
/// <remarks>
/// SQLite does not tell where its map is, so it is looked up: by the file's name, among those that were not there before. Nothing happens
/// on another system, or where <c>/proc</c> is not there or cannot be opened for want of descriptors: it is only advice.
/// </remarks>
internal sealed partial class MemoryMap
{
    private const int AdviceRandom = 1;
    private const string Maps = "/proc/self/maps";

    private readonly string _file;
    private readonly HashSet<(nint Start, nint End)> _before;

    /// <summary>Notes which maps of a file there are, of other connections, before one is made.</summary>
    /// <param name="path">The file.</param>
    public MemoryMap(string path)
    {
        // Without its folder, which may have been reached through a link.
        _file = "/" + Path.GetFileName(Storage.RealPath(path));
        _before = Find();
    }

    /// <summary>
    /// Makes a page that is not in memory cost the reading of that page. Without it Linux reads 128 kB around each: on cold storage a batch
    /// of 400 tracks, some thousand pages all over the file, would read the better part of a gigabyte.
    /// </summary>
    public void ExpectRandomReads()
    {
        foreach (var (start, end) in Find().Except(_before))
        {
            _ = Advise(start, (nuint)(end - start), AdviceRandom);
        }
    }

    private HashSet<(nint Start, nint End)> Find()
    {
        var found = new HashSet<(nint Start, nint End)>();
        try
        {
            foreach (var map in File.ReadLines(Maps))
            {
                // 7f12a0000000-7f12c0000000 r--s 00000000 fe:00 131   /data/main_database.sqlite3
                if (map.EndsWith(_file, StringComparison.Ordinal))
                {
                    var range = map.Split(' ', 2)[0].Split('-');
                    var start = nint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    _ = found.Add((start, nint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reads are slower, and right.
        }

        return found;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
