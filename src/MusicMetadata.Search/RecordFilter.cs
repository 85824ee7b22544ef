using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Search;

/// <summary>Tells by the records of tracks and albums whether they are as a query wants them, but for their own names.</summary>
internal sealed class RecordFilter(SearchQuery query)
{
    private byte[] _buffer = [];

    /// <summary>What the name of an artist must contain, folded; null for anything.</summary>
    public byte[]? Artist { get; } = query.Artist is null ? null : NameFolding.Fold(query.Artist);

    /// <summary>What the name of a track's album must contain, folded; null for anything.</summary>
    public byte[]? Album { get; } = query.Album is null ? null : NameFolding.Fold(query.Album);

    /// <summary>Whether nothing can be as wanted: a text of nothing but marks, which no name has after folding.</summary>
    public bool LetsNothingThrough => Artist is { Length: 0 } || Album is { Length: 0 };

    /// <summary>Whether the albums of tracks must be read.</summary>
    public bool NeedsAlbums => Album is not null || query.Years is not null;

    /// <summary>Whether a year is one of those that are wanted.</summary>
    public bool IsWanted(int year) => query.Years is not var (first, last) || (year >= first && year <= last);

    /// <summary>Whether a track is.</summary>
    public bool IsWanted(CatalogRecords records, in TrackRecord track)
    {
        if (!IsByArtist(records, track.Artists))
        {
            return false;
        }

        if (!NeedsAlbums)
        {
            return true;
        }

        var index = records.IndexOfAlbum(track.Album);
        return index >= 0
            && records.Albums[index] is var album
            && IsReleased(records, album)
            && (Album is null || Contains(records.Text(album.Name), Album));
    }

    /// <summary>Whether an album is.</summary>
    public bool IsWanted(CatalogRecords records, in AlbumRecord album) => IsByArtist(records, album.Artists) && IsReleased(records, album);

    private bool IsReleased(CatalogRecords records, in AlbumRecord album) =>
        query.Years is null || IsWanted(ReleaseDate.YearOf(records.Text(album.ReleaseDate)));

    private bool IsByArtist(CatalogRecords records, ListRange credits)
    {
        if (Artist is null)
        {
            return true;
        }

        foreach (var artist in records.Credits(credits))
        {
            if (records.IndexOfArtist(artist) is >= 0 and var index && Contains(records.Text(records.Artists[index].Name), Artist))
            {
                return true;
            }
        }

        return false;
    }

    private bool Contains(ReadOnlySpan<byte> name, byte[] folded) => NameFolding.Fold(name, ref _buffer).IndexOf(folded) >= 0;
}
