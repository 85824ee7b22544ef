namespace MusicMetadata.Catalog;

/// <summary>The kinds of thing that have an id and a name that can be searched.</summary>
public enum Entity
{
    /// <summary>A row of <c>tracks</c>; see <see cref="Records.TrackRecord"/>.</summary>
    Track,

    /// <summary>A row of <c>artists</c>; see <see cref="Records.ArtistRecord"/>.</summary>
    Artist,

    /// <summary>A row of <c>albums</c>; see <see cref="Records.AlbumRecord"/>.</summary>
    Album,
}
