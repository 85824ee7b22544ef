using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>A track that may be the one, as its record has it, in the forms that are compared.</summary>
public sealed record Candidate
{
    /// <summary>The track.</summary>
    public required CatalogKey Track { get; init; }

    /// <summary>Its title taken apart.</summary>
    public required ParsedTitle Title { get; init; }

    /// <summary>The comparison form of the whole title, with what it tells of the version.</summary>
    public required string TitleForm { get; init; }

    /// <summary>Comparison forms of the credited artists, in the order of credits.</summary>
    public required IReadOnlyList<string> Artists { get; init; }

    /// <summary>The comparison form of its album's name; empty when it has none.</summary>
    public required string Album { get; init; }

    /// <summary>The comparison form of the core of its album's name.</summary>
    public required string AlbumCore { get; init; }

    /// <summary><c>album</c>, <c>single</c> or <c>compilation</c>; empty when unknown.</summary>
    public required string AlbumType { get; init; }

    /// <summary>The album's date of release as far as it is known.</summary>
    public required string ReleaseDate { get; init; }

    /// <summary>Canonical ISRC; empty when there is none.</summary>
    public required string Isrc { get; init; }

    /// <summary>Length in milliseconds.</summary>
    public required int DurationMs { get; init; }

    /// <summary>Whether it is marked as explicit.</summary>
    public required bool Explicit { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Popularity { get; init; }

    /// <summary>Disc of the album, from 1.</summary>
    public required int DiscNumber { get; init; }

    /// <summary>Position on its disc, from 1.</summary>
    public required int TrackNumber { get; init; }

    /// <summary>The candidate that a record of a track is.</summary>
    /// <param name="records">The record, with its album and artists.</param>
    /// <param name="index">Which of the tracks.</param>
    public static Candidate Of(CatalogRecords records, int index)
    {
        ref readonly var track = ref records.Tracks[index];
        var at = records.IndexOfAlbum(track.Album);
        var album = at < 0 ? default : records.Albums[at];
        var albumName = at < 0 ? "" : Text(records, album.Name);
        var title = Text(records, track.Name);
        return new Candidate
        {
            Track = track.Key,
            Title = TitleParser.Parse(title),
            TitleForm = ComparisonForm.Of(title),
            Artists = ArtistsOf(records, track.Artists),
            Album = ComparisonForm.Of(albumName),
            AlbumCore = TitleParser.Parse(albumName).Core,
            AlbumType = at < 0 ? "" : Text(records, album.Type),
            ReleaseDate = at < 0 ? "" : Text(records, album.ReleaseDate),
            Isrc = Catalog.Isrc.Canonical(Text(records, track.Isrc)),
            DurationMs = (int)Math.Clamp(track.DurationMs, 0, int.MaxValue),
            Explicit = track.Explicit,
            Popularity = (int)track.Popularity,
            DiscNumber = (int)track.DiscNumber,
            TrackNumber = (int)track.TrackNumber,
        };
    }

    /// <summary>Comparison forms of the artists of some credits, in their order; one whose record is missing is left out.</summary>
    internal static List<string> ArtistsOf(CatalogRecords records, ListRange credits)
    {
        var artists = new List<string>();
        foreach (var key in records.Credits(credits))
        {
            if (records.IndexOfArtist(key) is >= 0 and var artist)
            {
                artists.Add(ComparisonForm.OfArtist(Text(records, records.Artists[artist].Name)));
            }
        }

        return artists;
    }

    /// <summary>A text of some records.</summary>
    internal static string Text(CatalogRecords records, TextRange text) => Encoding.UTF8.GetString(records.Text(text));
}
