namespace MusicMetadata.Catalog;

/// <summary>A release. Texts are as in <see cref="Track"/>.</summary>
public readonly ref struct Album
{
    /// <summary>22 characters of base62; <c>albums.id</c>.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Empty for some that were taken down; <c>albums.name</c>.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary><c>album</c>, <c>single</c> or <c>compilation</c>; <c>albums.album_type</c>.</summary>
    public ReadOnlySpan<byte> Type { get; init; }

    /// <summary><c>albums.label</c>.</summary>
    public ReadOnlySpan<byte> Label { get; init; }

    /// <summary>ISO 8601 date as far as it is known, or <c>0000</c>; <c>albums.release_date</c>.</summary>
    public ReadOnlySpan<byte> ReleaseDate { get; init; }

    /// <summary><c>day</c>, <c>month</c> or <c>year</c>; <c>albums.release_date_precision</c>.</summary>
    public ReadOnlySpan<byte> ReleaseDatePrecision { get; init; }

    /// <summary>Universal Product Code, 12 to 14 digits; <c>albums.external_id_upc</c>.</summary>
    public ReadOnlySpan<byte> Upc { get; init; }

    /// <summary>Tracks on all discs; <c>albums.total_tracks</c>.</summary>
    public long TotalTracks { get; init; }

    /// <summary>The © line; <c>albums.copyright_c</c>.</summary>
    public ReadOnlySpan<byte> Copyright { get; init; }

    /// <summary>The ℗ line; <c>albums.copyright_p</c>.</summary>
    public ReadOnlySpan<byte> CopyrightP { get; init; }
}
