namespace MusicMetadata.Catalog;

/// <summary>International Standard Recording Codes (ISO 3901): twelve characters such as <c>GBAYE0601498</c>.</summary>
public static class Isrc
{
    /// <summary>
    /// The form in which registries keep a code: upper case, without the hyphens and spaces people write it with. Anything else is kept:
    /// the catalog holds codes that the standard does not allow.
    /// </summary>
    public static string Canonical(string isrc) =>
        string.Concat(isrc.Where(character => character is not ('-' or ' '))).ToUpperInvariant();
}
