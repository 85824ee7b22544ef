namespace MusicMetadata.Catalog;

/// <summary>
/// Tells a catalog from any other, and from itself before a change. Entity tags and "this search index belongs to this catalog" rest on it.
/// </summary>
/// <param name="Value">32 hexadecimal digits that a store computed, or what the operator calls the catalog.</param>
public sealed record CatalogIdentity(string Value)
{
    /// <summary>How long a given id may be, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The identity that the operator gave; null when none was given, so that the store computes one.</summary>
    public static CatalogIdentity? Given(string id) => id.Length == 0 ? null : new CatalogIdentity(id);

    /// <summary>Whether a text can be given as an id: visible ASCII, or empty for none.</summary>
    public static bool CanBeGiven(string id) => id.Length <= MaxLength && id.All(c => c is > ' ' and <= '~');

    /// <inheritdoc/>
    public override string ToString() => Value;
}
