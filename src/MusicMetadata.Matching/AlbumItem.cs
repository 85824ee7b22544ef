namespace MusicMetadata.Matching;

/// <summary>What a tagger or player knows of a folder of files.</summary>
public sealed record AlbumItem
{
    /// <summary>The album's name; null or empty when unknown.</summary>
    public string? Album { get; init; }

    /// <summary>The album's artists.</summary>
    public IReadOnlyList<string> Artists { get; init; } = [];

    /// <summary>Year of release.</summary>
    public int? Year { get; init; }

    /// <summary>Universal Product Code.</summary>
    public string? Upc { get; init; }

    /// <summary>The files, in any order.</summary>
    public required IReadOnlyList<MatchItem> Files { get; init; }

    /// <summary>A file with what the folder tells of it where it tells nothing itself.</summary>
    public MatchItem WithFolder(MatchItem file) => file with
    {
        Album = string.IsNullOrWhiteSpace(file.Album) ? Album : file.Album,
        Artists = file.Artists.Count > 0 ? file.Artists : Artists,
        Year = file.Year ?? Year,
    };
}
