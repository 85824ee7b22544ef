namespace MusicMetadata.Catalog.Records;

/// <summary>Where a text lies in the text of <see cref="CatalogRecords"/>. Texts are UTF-8; NULL and empty are the same.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct TextRange(int Start, int Length)
{
    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => Length == 0;

    internal TextRange Moved(int by) => new(Start + by, Length);
}

/// <summary>Where a list lies among those of its kind in <see cref="CatalogRecords"/>.</summary>
/// <param name="Start">The first element.</param>
/// <param name="Count">How many.</param>
public readonly record struct ListRange(int Start, int Count)
{
    /// <summary>Whether there are no elements.</summary>
    public bool IsEmpty => Count == 0;
}
