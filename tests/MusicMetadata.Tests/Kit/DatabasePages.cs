using System.Globalization;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Kit;

/// <summary>Changes a database file behind SQLite's back, as a failing disk does.</summary>
internal static class DatabasePages
{
    /// <summary>Bytes of a page of a catalog.</summary>
    public const int Size = 4096;

    /// <summary>Where the first page of a table or index is in its file.</summary>
    public static long RootOf(string path, string name)
    {
        using var connection = Connection.OpenImmutable(path, cacheBytes: 1 << 20, mmapBytes: 0);
        return (long.Parse(connection.QueryText($"SELECT rootpage FROM sqlite_schema WHERE name = '{name}'")!, CultureInfo.InvariantCulture) - 1) * Size;
    }

    /// <summary>Reads bytes.</summary>
    public static byte[] Read(string path, long position, int length)
    {
        var bytes = new byte[length];
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
        Assert.Equal(length, RandomAccess.Read(file, bytes, position));
        return bytes;
    }

    /// <summary>Puts bytes in the place of others, and returns those.</summary>
    public static byte[] Overwrite(string path, long position, byte[] bytes)
    {
        var before = Read(path, position, bytes.Length);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.Write(file, bytes, position);
        return before;
    }

    /// <summary>Cuts a file short.</summary>
    public static void CutShort(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.SetLength(file, length);
    }
}
