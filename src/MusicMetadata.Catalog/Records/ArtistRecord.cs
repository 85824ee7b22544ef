namespace MusicMetadata.Catalog.Records;

/// <summary>Somebody credited for a track or an album.</summary>
public record struct ArtistRecord
{
    /// <summary>Its key in the store.</summary>
    public CatalogKey Key { get; set; }

    /// <summary>22 characters of base62; <c>artists.id</c>.</summary>
    public TextRange Id { get; set; }

    /// <summary><c>artists.name</c>.</summary>
    public TextRange Name { get; set; }

    /// <summary><c>artists.followers_total</c>.</summary>
    public long Followers { get; set; }

    /// <summary>0 to 100, higher is more popular; <c>artists.popularity</c>.</summary>
    public long Popularity { get; set; }

    /// <summary>In the order of their rows, among <see cref="CatalogRecords.Texts"/>; <c>artist_genres</c>.</summary>
    public ListRange Genres { get; set; }

    /// <summary>Portraits, widest first, among <see cref="CatalogRecords.Images"/>; <c>artist_images</c>.</summary>
    public ListRange Images { get; set; }

    /// <summary>All of its text, which lies in one piece so that the record can be copied in one.</summary>
    internal TextRange Text { get; set; }
}

/// <summary>One size of a cover or portrait: a row of <c>album_images</c> or <c>artist_images</c>.</summary>
/// <param name="Url"><c>url</c>.</param>
/// <param name="Width">Pixels; <c>width</c>.</param>
/// <param name="Height">Pixels; <c>height</c>.</param>
public readonly record struct ImageRecord(TextRange Url, long Width, long Height);
