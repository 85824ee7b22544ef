namespace MusicMetadata.Catalog;

/// <summary>One size of a cover or portrait: a row of <c>album_images</c> or <c>artist_images</c>. Texts are as in <see cref="Track"/>.</summary>
public readonly ref struct Image
{
    /// <summary><c>url</c>.</summary>
    public required ReadOnlySpan<byte> Url { get; init; }

    /// <summary>Pixels; <c>width</c>.</summary>
    public long Width { get; init; }

    /// <summary>Pixels; <c>height</c>.</summary>
    public long Height { get; init; }
}
