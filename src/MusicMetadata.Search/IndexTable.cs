using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>The part of an index that has the names of one entity.</summary>
/// <param name="Entity">Whose names.</param>
/// <param name="Name">What the names of its tables begin with.</param>
internal sealed record IndexTable(Entity Entity, string Name)
{
    /// <summary>All of them, in the order in which they are built.</summary>
    public static readonly IndexTable[] All = [new(Entity.Artist, "artists"), new(Entity.Album, "albums"), new(Entity.Track, "tracks")];
}
