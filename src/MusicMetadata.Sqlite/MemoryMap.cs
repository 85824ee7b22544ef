using System.Globalization;
using System.Runtime.InteropServices;

namespace MusicMetadata.Sqlite;

/// <summary>Tells the kernel how the memory maps that SQLite has made are used.</summary>
internal static partial class MemoryMap
{
    private const int AdviceRandom = 1;
    private const string Maps = "/proc/self/maps";

    /// <summary>
    /// Makes a page that is not in memory cost the reading of that page. Without it Linux reads 128 kB around each: on cold storage a batch of
    /// 400 tracks, some thousand pages all over the file, would read the better part of a gigabyte.
    /// </summary>
    /// <remarks>
    /// SQLite does not tell where its map is, so it is looked up by name. Nothing happens on another system, or where <c>/proc</c> is not there or
    /// cannot be opened for want of descriptors: it is only advice.
    /// </remarks>
    /// <param name="path">The mapped file.</param>
    public static void ExpectRandomReads(string path)
    {
        try
        {
            // Without its folder, which may have been reached through a link.
            var file = "/" + Path.GetFileName(Storage.RealPath(path));
            foreach (var map in File.ReadLines(Maps))
            {
                // 7f12a0000000-7f12c0000000 r--s 00000000 fe:00 131   /data/main_database.sqlite3
                if (map.EndsWith(file, StringComparison.Ordinal))
                {
                    var range = map.Split(' ', 2)[0].Split('-');
                    var start = nint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    var end = nint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    _ = Advise(start, (nuint)(end - start), AdviceRandom);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reads are slower, and right.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
