using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>An album that may be the one, with its tracks, in the forms that are compared.</summary>
public sealed record AlbumCandidate
{
    /// <summary>The album.</summary>
    public required CatalogKey Album { get; init; }

    /// <summary>The comparison form of its name.</summary>
    public required string Name { get; init; }

    /// <summary>The comparison form of the core of its name.</summary>
    public required string Core { get; init; }

    /// <summary>Comparison forms of its artists.</summary>
    public required IReadOnlyList<string> Artists { get; init; }

    /// <summary>Its Universal Product Code without leading zeros; empty when it has none.</summary>
    public required string Upc { get; init; }

    /// <summary>Its date of release as far as it is known.</summary>
    public required string ReleaseDate { get; init; }

    /// <summary>Its tracks by disc and number.</summary>
    public required IReadOnlyList<Candidate> Tracks { get; init; }

    /// <summary>The candidate that a record of an album is.</summary>
    /// <param name="records">The record, with its artists, and the records of its tracks and no others.</param>
    /// <param name="key">The album.</param>
    /// <returns>Null when there is no such record.</returns>
    public static AlbumCandidate? Of(CatalogRecords records, CatalogKey key)
    {
        if (records.IndexOfAlbum(key) is not (>= 0 and var index))
        {
            return null;
        }

        var album = records.Albums[index];
        var name = Candidate.Text(records, album.Name);
        return new AlbumCandidate
        {
            Album = key,
            Name = ComparisonForm.Of(name),
            Core = TitleParser.Parse(name).Core,
            Artists = Candidate.ArtistsOf(records, album.Artists),
            Upc = Candidate.Text(records, album.Upc).TrimStart('0'),
            ReleaseDate = Candidate.Text(records, album.ReleaseDate),
            Tracks = [.. Enumerable.Range(0, records.Tracks.Length).Select(track => Candidate.Of(records, track))],
        };
    }
}
