namespace MusicMetadata.Catalog;

/// <summary>The kinds of thing that have an id and a name that can be searched.</summary>
public enum Entity
{
    /// <summary>A row of <c>tracks</c>; see <see cref="Catalog.Track"/>.</summary>
    Track,

    /// <summary>A row of <c>artists</c>; see <see cref="Catalog.Artist"/>.</summary>
    Artist,

    /// <summary>A row of <c>albums</c>; see <see cref="Catalog.Album"/>.</summary>
    Album,
}
