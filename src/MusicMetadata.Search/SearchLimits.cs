namespace MusicMetadata.Search;

/// <summary>How much one search may ask for. An index is built for these.</summary>
public static class SearchLimits
{
    /// <summary>The most results of one search.</summary>
    public const int MaxLimit = 50;

    /// <summary>The most results that may be skipped.</summary>
    public const int MaxOffset = 1000;

    /// <summary>The most characters of a text to search.</summary>
    public const int MaxTextLength = 200;
}
