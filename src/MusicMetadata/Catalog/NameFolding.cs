namespace MusicMetadata.Catalog;

/// <summary>
/// What counts as the same letter when names are searched. One function for scanning, indexing, asking and confirming, so that they cannot
/// disagree.
/// </summary>
internal static class NameFolding
{
    /// <summary>The folded form of a text: two texts match where their folded forms do.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();
}
