using MusicMetadata.Catalog;
using MusicMetadata.Compact;
using MusicMetadata.Compact.Building;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Compact;

/// <summary>Builds compact catalogs for tests, and compares them with what they were built from.</summary>
internal static class CompactFixture
{
    /// <summary>Builds the compact catalog of a database beside it; returns its path.</summary>
    public static async Task<string> BuildAsync(string database)
    {
        var path = Path.Combine(Path.GetDirectoryName(database)!, CompactFormat.FileName);
        using var store = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 1 });
        var source = new CompactSource(store, database, store.SourceIdentity, []);
        var options = new CompactOptions { OutPath = path, Level = 3 };
        Assert.True(await new CompactBuilder(source, options, _ => { }, new NoProgress()).BuildAsync(default));
        return path;
    }

    /// <summary>What differs between a database and a compact catalog.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(string database, string compact)
    {
        using var source = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 1 });
        using var store = CompactCatalog.Open(new StoreOptions { Database = compact, Readers = 1 });
        using var expected = await source.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        using var found = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        return await new CompactVerifier(expected, found, new NoProgress()).RunAsync(default);
    }
}
