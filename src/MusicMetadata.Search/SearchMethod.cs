namespace MusicMetadata.Search;

/// <summary>How a search was answered.</summary>
public enum SearchMethod
{
    /// <summary>By the search index.</summary>
    Index,

    /// <summary>By reading names one by one.</summary>
    Scan,

    /// <summary>Not at all: it has filters, and there is no index to find what they let through.</summary>
    NoIndex,

    /// <summary>Not at all: all readers stayed busy.</summary>
    Refused,
}
