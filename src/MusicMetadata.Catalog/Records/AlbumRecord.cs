namespace MusicMetadata.Catalog.Records;

/// <summary>A release.</summary>
public record struct AlbumRecord
{
    /// <summary>Its key in the store.</summary>
    public CatalogKey Key { get; set; }

    /// <summary>22 characters of base62; <c>albums.id</c>.</summary>
    public TextRange Id { get; set; }

    /// <summary>Empty for some that were taken down; <c>albums.name</c>.</summary>
    public TextRange Name { get; set; }

    /// <summary><c>album</c>, <c>single</c> or <c>compilation</c>; <c>albums.album_type</c>.</summary>
    public TextRange Type { get; set; }

    /// <summary><c>albums.label</c>.</summary>
    public TextRange Label { get; set; }

    /// <summary>ISO 8601 date as far as it is known, or <c>0000</c>; <c>albums.release_date</c>.</summary>
    public TextRange ReleaseDate { get; set; }

    /// <summary><c>day</c>, <c>month</c> or <c>year</c>; <c>albums.release_date_precision</c>.</summary>
    public TextRange ReleaseDatePrecision { get; set; }

    /// <summary>Universal Product Code, 12 to 14 digits; <c>albums.external_id_upc</c>.</summary>
    public TextRange Upc { get; set; }

    /// <summary>Tracks on all discs; <c>albums.total_tracks</c>.</summary>
    public long TotalTracks { get; set; }

    /// <summary>0 to 100, higher is more popular; <c>albums.popularity</c>.</summary>
    public long Popularity { get; set; }

    /// <summary>The © line; <c>albums.copyright_c</c>.</summary>
    public TextRange Copyright { get; set; }

    /// <summary>The ℗ line; <c>albums.copyright_p</c>.</summary>
    public TextRange CopyrightP { get; set; }

    /// <summary>
    /// Number of the list of markets where it may be heard, 0 where that is not known; <c>albums.available_markets_rowid</c>.
    /// </summary>
    public long MarketList { get; set; }

    /// <summary>Covers, widest first, each once, among <see cref="CatalogRecords.Images"/>; <c>album_images</c>.</summary>
    public ListRange Images { get; set; }

    /// <summary>
    /// The album's artists, each once, by their lowest <c>artist_albums.index_in_album</c>, among <see cref="CatalogRecords.Credits"/>.
    /// </summary>
    public ListRange Artists { get; set; }

    /// <summary>All of its text, which lies in one piece so that the record can be copied in one.</summary>
    internal TextRange Text { get; set; }
}
