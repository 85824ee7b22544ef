using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>What is read of the catalog for one entity, and what the index's tables for it are called.</summary>
/// <param name="Entity">What its rows are.</param>
/// <param name="Name">The table in the catalog, and the beginning of the names of the index's tables.</param>
/// <param name="Order">The column by which answers are sorted, highest first; ties by rowid, highest first.</param>
public sealed record SourceTable(Entity Entity, string Name, string Order)
{
    /// <summary>Every table whose names can be searched, in the order in which they are indexed.</summary>
    public static readonly SourceTable[] All =
    [
        new(Entity.Artist, "artists", "followers_total"),
        new(Entity.Album, "albums", "popularity"),
        new(Entity.Track, "tracks", "popularity"),
    ];

    /// <summary>The statement that reads rowid, name and order of all rows beyond a rowid, from the lowest to the highest.</summary>
    public string Names => $"SELECT rowid, name, {Order} FROM {Name} WHERE rowid > ?1 ORDER BY rowid";

    /// <summary>The highest rowid of a catalog's table; 0 when it is empty.</summary>
    /// <exception cref="SqliteException">The catalog cannot be read.</exception>
    public long HighestRowid(Connection database) => long.Parse(database.QueryText($"SELECT max(rowid) FROM {Name}") ?? "0", CultureInfo.InvariantCulture);
}
