using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>Compares an index with the names of a catalog, all of them, whatever identities say.</summary>
public static class IndexCheck
{
    /// <summary>Reads all names of a catalog and says whether an index was built from the same ones.</summary>
    /// <param name="index">Path of the index.</param>
    /// <param name="store">The catalog.</param>
    /// <param name="progress">Is told how far it has got.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CatalogException">One of them cannot be read, or is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<bool> HasSameNamesAsync(
        string index, ICatalogStore store, IWorkProgress progress, CancellationToken cancellation)
    {
        string? expected;
        using (var file = SqliteFile.OpenForServing(index, cacheBytes: 64 * 1024, mmapBytes: 0))
        {
            expected = IndexFile.Content(file);
        }

        var content = new NameHash();
        byte[] buffer = [];
        using var reader = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never(cancellation));
        foreach (var table in IndexTable.All)
        {
            var extent = await reader.MeasureAsync(table.Entity);
            using var stage = progress.Begin($"names of {table.Name}", extent.LastKey.IsNone ? 0 : extent.LastKey.Value);
            var names = new NameScan(reader, table.Entity, CatalogKey.None);
            while (await names.ReadAsync())
            {
                for (var i = 0; i < names.Count; i++)
                {
                    var entry = names[i];
                    content.Add(table.Entity, entry.Key.Value, entry.Order, NameFolding.Fold(entry.Name, ref buffer));
                }

                stage.Advance(names.Last.Value);
            }
        }

        return content.ToString() == expected;
    }
}
