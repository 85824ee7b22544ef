namespace MusicMetadata.Matching;

/// <summary>What a tagger or player knows of a file. Everything may be missing; something to go by must be there.</summary>
public sealed record MatchItem
{
    /// <summary>The title, as the file has it; null or empty when unknown.</summary>
    public string? Title { get; init; }

    /// <summary>The artists, one or several, each perhaps several in one text.</summary>
    public IReadOnlyList<string> Artists { get; init; } = [];

    /// <summary>The album's name.</summary>
    public string? Album { get; init; }

    /// <summary>Length in milliseconds.</summary>
    public int? DurationMs { get; init; }

    /// <summary>International Standard Recording Code (ISO 3901), in any form.</summary>
    public string? Isrc { get; init; }

    /// <summary>Position on the disc, from 1.</summary>
    public int? TrackNumber { get; init; }

    /// <summary>Disc of the album, from 1.</summary>
    public int? DiscNumber { get; init; }

    /// <summary>Year of release.</summary>
    public int? Year { get; init; }

    /// <summary>Whether it is marked as explicit.</summary>
    public bool? Explicit { get; init; }

    /// <summary>Artist and title in one text, such as <c>Artist - Title</c>.</summary>
    public string? Text { get; init; }

    /// <summary>Whether there is anything to find a recording by.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Isrc) && string.IsNullOrWhiteSpace(Text);
}
