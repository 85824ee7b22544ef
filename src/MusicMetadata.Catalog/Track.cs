namespace MusicMetadata.Catalog;

/// <summary>
/// A recording as it stands on one album. Texts are UTF-8, empty where the column is NULL or empty, and point into the store's memory:
/// they are valid only until the store reads its next row.
/// </summary>
public readonly ref struct Track
{
    /// <summary>22 characters of base62; <c>tracks.id</c>.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary><c>tracks.name</c>.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>International Standard Recording Code (ISO 3901) as stored, in any case; <c>tracks.external_id_isrc</c>.</summary>
    public ReadOnlySpan<byte> Isrc { get; init; }

    /// <summary>Length in milliseconds; <c>tracks.duration_ms</c>.</summary>
    public long DurationMs { get; init; }

    /// <summary>Whether the recording is marked as explicit; <c>tracks.explicit</c> is not 0.</summary>
    public bool Explicit { get; init; }

    /// <summary>Position on its disc, from 1; <c>tracks.track_number</c>.</summary>
    public long TrackNumber { get; init; }

    /// <summary>Disc of the album, from 1; <c>tracks.disc_number</c>.</summary>
    public long DiscNumber { get; init; }

    /// <summary>0 to 100, higher is more popular; <c>tracks.popularity</c>.</summary>
    public long Popularity { get; init; }

    /// <summary>Address of a short audio sample; <c>tracks.preview_url</c>.</summary>
    public ReadOnlySpan<byte> PreviewUrl { get; init; }
}
