namespace MusicMetadata.Catalog;

/// <summary>Somebody credited for a track or an album. Texts are as in <see cref="Track"/>.</summary>
public readonly ref struct Artist
{
    /// <summary>22 characters of base62; <c>artists.id</c>.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary><c>artists.name</c>.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary><c>artists.followers_total</c>.</summary>
    public long Followers { get; init; }

    /// <summary>0 to 100, higher is more popular; <c>artists.popularity</c>.</summary>
    public long Popularity { get; init; }
}
