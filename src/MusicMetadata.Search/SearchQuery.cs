using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>What to search.</summary>
/// <param name="Entity">Whose names.</param>
/// <param name="Text">What they contain, as <see cref="NameFolding"/> compares them.</param>
public sealed record SearchQuery(Entity Entity, string Text)
{
    /// <summary>How many hits to find, <see cref="SearchLimits.MaxLimit"/> at most.</summary>
    public required int Limit { get; init; }

    /// <summary>How many to skip before, <see cref="SearchLimits.MaxOffset"/> at most.</summary>
    public int Offset { get; init; }

    /// <summary>What the name of a credited artist contains, for tracks and albums; null for anything.</summary>
    public string? Artist { get; init; }

    /// <summary>What the name of the album contains, for tracks; null for anything.</summary>
    public string? Album { get; init; }

    /// <summary>The years of release, for tracks and albums, the first and the last included; null for any.</summary>
    public (int First, int Last)? Years { get; init; }

    /// <summary>Whether more is asked for than the name.</summary>
    internal bool HasFilters => Artist is not null || Album is not null || Years is not null;

    /// <summary>How many hits there must be to know the answer.</summary>
    internal int Wanted => Offset + Limit;
}
