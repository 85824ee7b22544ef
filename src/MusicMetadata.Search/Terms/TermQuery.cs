using MusicMetadata.Catalog;

namespace MusicMetadata.Search.Terms;

/// <summary>What to find by words, and by what else the index has terms for. All conditions must hold.</summary>
/// <param name="entity">What to find.</param>
public sealed class TermQuery(Entity entity)
{
    /// <summary>The most results that a search has: of more matches, the most popular ones.</summary>
    public const int MaxResults = 1000;

    /// <summary>What to find.</summary>
    public Entity Entity { get; } = entity;

    /// <summary>Texts whose words all stand in the name, in the names of artists, or, of a track, in that of its album.</summary>
    public IList<string> Text { get; init; } = [];

    /// <summary>Texts whose words all stand in the name.</summary>
    public IList<string> Name { get; init; } = [];

    /// <summary>Texts whose words all stand in the names of credited artists, for tracks and albums.</summary>
    public IList<string> Artist { get; init; } = [];

    /// <summary>Texts whose words all stand in the name of the album, for tracks.</summary>
    public IList<string> Album { get; init; } = [];

    /// <summary>Years of release; of an artist, years from its first album's to its last one's.</summary>
    public IList<YearRange> Years { get; init; } = [];

    /// <summary>Genres of an artist, or of a track's artists.</summary>
    public IList<string> Genres { get; init; } = [];

    /// <summary>Whether only albums of the last two weeks before the newest one are wanted.</summary>
    public bool IsNew { get; set; }

    /// <summary>Whether only the least popular tenth of the albums is wanted.</summary>
    public bool IsLeastPopular { get; set; }

    /// <summary>The ISRC of a track, in any form.</summary>
    public string? Isrc { get; set; }

    /// <summary>The UPC of an album, with or without leading zeros.</summary>
    public string? Upc { get; set; }

    /// <summary>How many results to skip.</summary>
    public int Offset { get; init; }

    /// <summary>How many to return.</summary>
    public required int Limit { get; init; }

    /// <summary>Removes keys that are not wanted for a reason that the index does not know; null for none.</summary>
    public Func<ICatalogReader, List<CatalogKey>, ValueTask>? Exclude { get; set; }

    /// <summary>The text that the name is when it is meant exactly; null when there is none.</summary>
    internal string? ExactName => Name.Count == 1 ? Name[0] : Name.Count == 0 && Text.Count == 1 ? Text[0] : null;
}

/// <summary>Years from one to another.</summary>
/// <param name="first">The first.</param>
/// <param name="last">The last.</param>
public sealed class YearRange(int first, int last)
{
    /// <summary>The first.</summary>
    public int First { get; } = first;

    /// <summary>The last.</summary>
    public int Last { get; } = last;
}

/// <summary>What a search by terms found.</summary>
/// <param name="keys">See <see cref="Keys"/>.</param>
/// <param name="total">See <see cref="Total"/>.</param>
public sealed class TermResult(List<CatalogKey> keys, int total)
{
    /// <summary>The results that were asked for: names that are the text itself first, then in the order of popularity.</summary>
    public IReadOnlyList<CatalogKey> Keys { get; } = keys;

    /// <summary>How many results there are; never more than <see cref="TermQuery.MaxResults"/>.</summary>
    public int Total { get; } = total;
}
