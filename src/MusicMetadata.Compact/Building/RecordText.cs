using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Building;

/// <summary>All that an answer can show of a record, as bytes that two stores must agree in.</summary>
/// <param name="records">What a store read.</param>
internal sealed class RecordText(CatalogRecords records)
{
    private readonly ByteBuffer _bytes = new();

    /// <summary>A record with what it refers to; empty when it is not there. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(Entity entity, CatalogKey key)
    {
        _bytes.Clear();
        switch (entity)
        {
            case Entity.Track:
                AddTrack(key);
                break;
            case Entity.Album:
                AddAlbum(key);
                break;
            default:
                AddArtist(key);
                break;
        }

        return _bytes.Bytes;
    }

    /// <summary>The id of a record.</summary>
    public string IdOf(Entity entity, CatalogKey key)
    {
        var id = entity switch
        {
            Entity.Track => TrackOf(key).Id,
            Entity.Album => records.Albums[records.IndexOfAlbum(key)].Id,
            _ => records.Artists[records.IndexOfArtist(key)].Id,
        };
        return Encoding.UTF8.GetString(records.Text(id));
    }

    private TrackRecord TrackOf(CatalogKey key)
    {
        foreach (ref readonly var track in records.Tracks)
        {
            if (track.Key == key)
            {
                return track;
            }
        }

        return default;
    }

    private void AddTrack(CatalogKey key)
    {
        var track = TrackOf(key);
        Add(track.Key.Value, track.Album.Value, track.DurationMs, track.Explicit ? 1 : 0);
        Add(track.TrackNumber, track.DiscNumber, track.Popularity);
        Add(track.HasLyrics switch { null => 0, false => 1, true => 2 });
        Add(track.Id, track.Name, track.Isrc, track.PreviewUrl, track.OriginalTitle, track.VersionTitle);
        AddAll(records.Texts(track.Languages));
        AddAll(records.Texts(track.ArtistRoles));
        AddCredits(records.Credits(track.Artists));
        AddAlbum(track.Album);
    }

    private void AddAlbum(CatalogKey key)
    {
        if (records.IndexOfAlbum(key) is var index && index < 0)
        {
            return;
        }

        ref readonly var album = ref records.Albums[index];
        Add(album.Key.Value, album.TotalTracks);
        Add(album.Id, album.Name, album.Type, album.Label, album.ReleaseDate, album.ReleaseDatePrecision, album.Upc);
        Add(album.Copyright, album.CopyrightP);
        AddImages(album.Images);
        AddCredits(records.Credits(album.Artists));
    }

    private void AddCredits(ReadOnlySpan<CatalogKey> artists)
    {
        Add(artists.Length);
        foreach (var artist in artists)
        {
            Add(artist.Value);
            AddArtist(artist);
        }
    }

    private void AddArtist(CatalogKey key)
    {
        if (records.IndexOfArtist(key) is var index && index < 0)
        {
            return;
        }

        ref readonly var artist = ref records.Artists[index];
        Add(artist.Key.Value, artist.Followers, artist.Popularity);
        Add(artist.Id, artist.Name);
        AddAll(records.Texts(artist.Genres));
        AddImages(artist.Images);
    }

    private void AddImages(ListRange images)
    {
        Add(images.Count);
        foreach (var image in records.Images(images))
        {
            Add(image.Width, image.Height);
            Add(image.Url);
        }
    }

    private void AddAll(ReadOnlySpan<TextRange> texts)
    {
        Add(texts.Length);
        Add(texts);
    }

    private void Add(params ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            _bytes.AddSigned(number);
        }
    }

    private void Add(params ReadOnlySpan<TextRange> texts)
    {
        foreach (var text in texts)
        {
            _bytes.AddUnsigned((ulong)text.Length);
            _bytes.Add(records.Text(text));
        }
    }
}
