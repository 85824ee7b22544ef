using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>Compares an index with the names of a catalog, all of them, whatever identities say.</summary>
public static class IndexCheck
{
    /// <summary>Reads all names of a catalog and says whether an index was built from the same ones.</summary>
    /// <param name="index">Path of the index.</param>
    /// <param name="database">Path of the main database.</param>
    /// <param name="progress">Is told how far it has got.</param>
    /// <exception cref="SqliteException">One of them cannot be read, or is not what it should be.</exception>
    public static bool HasSameNames(string index, string database, IWorkProgress progress)
    {
        string? expected;
        using (var file = Connection.OpenImmutable(index, cacheBytes: 64 * 1024, mmapBytes: 0))
        {
            expected = IndexFile.Content(file);
        }

        var content = new NameHash();
        byte[] buffer = [];
        using var source = Connection.OpenImmutable(database, cacheBytes: 4 << 20, mmapBytes: 0);
        foreach (var table in SourceTable.All)
        {
            var highest = table.HighestRowid(source);
            using var stage = progress.Begin($"names of {table.Name}", highest);
            using var statement = source.Prepare(table.Names);
            using var rows = statement.Query(long.MinValue);
            for (var read = 1L; rows.Step(); read++)
            {
                content.Add(table, rows.Number(0), rows.Number(2), NameFolding.Fold(rows.Text(1), ref buffer));
                if ((read & 0x3FF) == 0)
                {
                    stage.Advance(rows.Number(0));
                }
            }

            stage.Advance(highest);
        }

        return content.ToString() == expected;
    }
}
