using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.SqliteStore;

/// <summary>Ways in which a catalog's file is changed where it lies.</summary>
internal static class FileChange
{
    private const string Update = "UPDATE tracks SET popularity = (popularity + 7) % 100 WHERE id = 'wnCK1AIfsiaubgjkCieLBF'";

    /// <summary>All of them, by name.</summary>
    public static TheoryData<string> All => ["UPDATE in WAL mode", "UPDATE with a journal", "zeroed page", "one byte"];

    /// <summary>
    /// Makes SQLite keep its next changes to a file in a write-ahead log first, as a file of an operator may do from its beginning.
    /// </summary>
    public static void UseWriteAheadLog(string path)
    {
        using var connection = SqliteFile.OpenForWriting(path);
        Assert.Equal("wal", connection.QueryText("PRAGMA journal_mode=WAL"));
    }

    /// <summary>Makes a change. Neither length nor header tell of it in WAL mode, and of the last two SQLite does not know.</summary>
    public static void Make(string change, string path)
    {
        var (length, header) = (new FileInfo(path).Length, DatabasePages.Read(path, 0, 100));
        switch (change)
        {
            case "UPDATE in WAL mode":
                using (var connection = SqliteFile.OpenForWriting(path))
                {
                    Assert.Equal("wal", connection.QueryText("PRAGMA journal_mode"));
                    connection.Execute(Update);
                    Assert.Equal("0", connection.QueryText("PRAGMA wal_checkpoint(TRUNCATE)"));
                }

                Assert.Equal(header, DatabasePages.Read(path, 0, 100));
                break;
            case "UPDATE with a journal":
                using (var connection = SqliteFile.OpenForWriting(path))
                {
                    Assert.Equal("delete", connection.QueryText("PRAGMA journal_mode=DELETE"));
                    connection.Execute(Update);
                }

                break;
            case "zeroed page":
                _ = DatabasePages.Overwrite(path, UnusedLeaf(path), new byte[DatabasePages.Size]);
                break;
            default:
                var at = UnusedLeaf(path) + 4000;
                _ = DatabasePages.Overwrite(path, at, [(byte)~DatabasePages.Read(path, at, 1)[0]]);
                break;
        }

        Assert.Equal(length, new FileInfo(path).Length);
    }

    /// <summary>Where a page is that no statement of the server reads: a leaf of the index of album names.</summary>
    private static long UnusedLeaf(string path)
    {
        // The last child of an interior page stands in its header (https://sqlite.org/fileformat2.html#b_tree_pages).
        var page = DatabasePages.Read(path, DatabasePages.RootOf(path, "album_name"), 12);
        Assert.Equal(2, page[0]);
        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(8)) - 1L) * DatabasePages.Size;
    }
}
