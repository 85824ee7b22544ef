namespace MusicMetadata.Catalog;

/// <summary>
/// Tells a catalog from any other, and from itself before a change. Entity tags and "this search index belongs to this catalog" rest on it.
/// </summary>
/// <param name="Value">32 hexadecimal digits that a store computed, or what the operator calls the catalog.</param>
public sealed record CatalogIdentity(string Value)
{
    /// <summary>How long a given id may be, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether a text can be given as an id: some visible ASCII.</summary>
    public static bool CanBeGiven(string id) => id.Length is > 0 and <= MaxLength && id.All(c => c is > ' ' and <= '~');

    /// <inheritdoc/>
    public override string ToString() => Value;
}
