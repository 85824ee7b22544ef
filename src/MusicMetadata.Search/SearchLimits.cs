namespace MusicMetadata.Search;

/// <summary>How much one search may ask for. An index is built for these.</summary>
public static class SearchLimits
{
    /// <summary>The most results of one search.</summary>
    public const int MaxLimit = 50;

    /// <summary>How many results can be reached, page by page.</summary>
    public const int MaxReach = 1000;

    /// <summary>The most results that may be skipped: the largest page behind them still lies within reach.</summary>
    public const int MaxOffset = MaxReach - MaxLimit;

    /// <summary>The most characters of a text to search.</summary>
    public const int MaxTextLength = 200;
}
