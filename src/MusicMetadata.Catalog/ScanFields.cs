namespace MusicMetadata.Catalog;

/// <summary>Which fields <see cref="ICatalogReader.ScanAsync"/> reads. Ids, images, genres and labels are never among them.</summary>
public enum ScanFields
{
    /// <summary>
    /// Keys, names, and what search results are sorted by: the popularity of tracks and albums, the followers of artists.
    /// </summary>
    Names,

    /// <summary>
    /// Those, and what a candidate for a match is told by. Tracks: duration, explicit, numbers of track and disc, ISRC, album and
    /// credited artists. Albums: type, release date, UPC, number of tracks and artists. Artists: popularity.
    /// </summary>
    Match,
}
