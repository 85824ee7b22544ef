using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>How the fields of an item fit those of a candidate, and what that comes to.</summary>
public sealed record Evidence
{
    /// <summary>The title.</summary>
    public required TitleLevel Title { get; init; }

    /// <summary>How much of the title is the same, 0 to 1.</summary>
    public required double TitleSimilarity { get; init; }

    /// <summary>The artists.</summary>
    public required ArtistLevel Artist { get; init; }

    /// <summary>Milliseconds between the two; null when the item has no duration.</summary>
    public required int? DurationDeltaMs { get; init; }

    /// <summary>The album.</summary>
    public required AlbumLevel Album { get; init; }

    /// <summary>The ISRC.</summary>
    public required IsrcLevel Isrc { get; init; }

    /// <summary>The kinds of version that only one of the two has, or that both have and that differ, such as two remixes.</summary>
    public required TitleVersions VersionDifference { get; init; }

    /// <summary>The sum of the log-odds of all fields that this is the recording.</summary>
    public required double LogOdds { get; init; }

    /// <summary>The sum of the log-odds of what tells editions of one recording apart.</summary>
    public required double EditionLogOdds { get; init; }
}
