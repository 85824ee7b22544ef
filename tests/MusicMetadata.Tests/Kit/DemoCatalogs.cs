using MusicMetadata.Import.Demo;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Kit;

/// <summary>Makes invented catalogs for tests, without showing progress.</summary>
internal static class DemoCatalogs
{
    /// <summary>Makes a catalog in a folder; true when it was not there yet.</summary>
    public static Task<bool> EnsureAsync(string folder, long tracks, long seed = 1, CancellationToken cancellation = default) =>
        new DemoFolder(new DemoOptions { Tracks = tracks, Seed = seed, Folder = folder }).EnsureAsync(new NoProgress(), cancellation);

    /// <summary>The only value of a query.</summary>
    public static double Number(string path, string sql)
    {
        using var connection = Connection.OpenImmutable(path, cacheBytes: 1 << 20, mmapBytes: 0);
        using var statement = connection.Prepare(sql);
        using var rows = statement.Query();
        Assert.True(rows.Step(), sql);
        return rows.Real(0);
    }

    /// <summary>The first column of a query's rows.</summary>
    public static List<string> Texts(string path, string sql)
    {
        using var connection = Connection.OpenImmutable(path, cacheBytes: 1 << 20, mmapBytes: 0);
        return connection.QueryTexts(sql);
    }
}
