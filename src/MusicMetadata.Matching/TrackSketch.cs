using MusicMetadata.Catalog;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>
/// What the search index keeps of a track below one of its artists: enough to tell candidates apart before the catalog is read.
/// </summary>
public readonly record struct TrackSketch
{
    /// <summary>The track.</summary>
    public required CatalogKey Track { get; init; }

    /// <summary><see cref="TitleSketch.HashOf"/> of its title's core.</summary>
    public required int TitleHash { get; init; }

    /// <summary><see cref="TitleSketch.BigramsOf"/> of its title's core; 0 below an artist who is not the first that is credited.</summary>
    public uint TitleBigrams { get; init; }

    /// <summary>What the title tells of the version.</summary>
    public TitleVersions Versions { get; init; }

    /// <summary><see cref="ParsedTitle.DetailHash"/> of the title.</summary>
    public byte DetailHash { get; init; }

    /// <summary>Length in milliseconds, to two seconds.</summary>
    public int DurationMs { get; init; }

    /// <summary>0 to 100.</summary>
    public byte Popularity { get; init; }

    /// <summary>Whether it is marked as explicit.</summary>
    public bool Explicit { get; init; }

    /// <summary>Whether the artist is the first that is credited. Below the others year, album and numbers are 0.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>How many artists are credited; 3 for three or more.</summary>
    public int ArtistCount { get; init; }

    /// <summary>Year of the album's release; 0 when unknown.</summary>
    public int Year { get; init; }

    /// <summary><see cref="TitleSketch.HashOfAlbum"/> of the album's name.</summary>
    public ushort AlbumHash { get; init; }

    /// <summary>Disc of the album, from 1.</summary>
    public int DiscNumber { get; init; }

    /// <summary>Position on its disc, from 1.</summary>
    public int TrackNumber { get; init; }
}
