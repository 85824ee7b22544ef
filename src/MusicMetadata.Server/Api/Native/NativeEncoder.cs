using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Server.Api.Native;

/// <summary>
/// How tracks, albums and artists look below <c>/lookup</c>, <c>/search</c> and <c>/batch</c>: names of fields, their order, and which are
/// left out. Written by hand, from UTF-8 to UTF-8: a serializer would make a string of every text only to encode it again.
/// </summary>
/// <param name="body">Has the records, and takes the JSON.</param>
internal struct NativeEncoder(JsonBody body)
{
    private readonly CatalogRecords _records = body.Records;
    private readonly JsonText _json = body.Json;

    /// <summary>How many of the tracks have been written: they stand in the order in which their keys were asked for.</summary>
    private int _track;

    /// <summary>Writes the records of keys as an array, in the order of the keys; what was not found is left out.</summary>
    public void WriteArray(Entity entity, ReadOnlySpan<CatalogKey> keys, bool withAlbums = true)
    {
        _json.Append("["u8);
        var start = _json.Length;
        foreach (var key in keys)
        {
            // A comma stands before each but the first, so it must be known that there is something to write.
            if (Exists(entity, key))
            {
                _json.Separate(start);
                _ = TryWrite(entity, key, withAlbums);
            }
        }

        _json.Append("]"u8);
    }

    /// <summary>Writes the record of a key; false, with nothing written, when there is none.</summary>
    public bool TryWrite(Entity entity, CatalogKey key, bool withAlbums = true)
    {
        if (!Exists(entity, key))
        {
            return false;
        }

        switch (entity)
        {
            case Entity.Track:
                WriteTrack(_records.Tracks[_track++], withAlbums);
                break;
            case Entity.Album:
                WriteAlbum(_records.Albums[_records.IndexOfAlbum(key)]);
                break;
            default:
                WriteArtist(_records.IndexOfArtist(key));
                break;
        }

        return true;
    }

    /// <summary>Whether there is a record of a key, which for tracks is the next one's.</summary>
    public readonly bool Exists(Entity entity, CatalogKey key) => entity switch
    {
        Entity.Track => _track < _records.Tracks.Length && _records.Tracks[_track].Key == key,
        Entity.Album => _records.IndexOfAlbum(key) >= 0,
        _ => _records.IndexOfArtist(key) >= 0,
    };

    private readonly void WriteTrack(in TrackRecord track, bool withAlbum)
    {
        WriteText("{\"id\":"u8, track.Id);
        WriteText(",\"name\":"u8, track.Name);
        WriteUnlessEmpty(",\"isrc\":"u8, track.Isrc);
        _json.AppendNumber(",\"duration_ms\":"u8, track.DurationMs);
        _json.Append(track.Explicit ? ",\"explicit\":true"u8 : ",\"explicit\":false"u8);
        _json.AppendNumber(",\"track_number\":"u8, track.TrackNumber);
        _json.AppendNumber(",\"disc_number\":"u8, track.DiscNumber);
        _json.AppendNumber(",\"popularity\":"u8, track.Popularity);
        WriteUnlessEmpty(",\"preview_url\":"u8, track.PreviewUrl);
        if (withAlbum && _records.IndexOfAlbum(track.Album) is >= 0 and var album)
        {
            _json.Append(",\"album\":"u8);
            WriteAlbum(_records.Albums[album]);
        }

        WriteArtists(track.Artists);
        WriteUnlessEmpty(",\"original_title\":"u8, track.OriginalTitle);
        WriteUnlessEmpty(",\"version_title\":"u8, track.VersionTitle);
        if (track.HasLyrics is { } hasLyrics)
        {
            _json.Append(hasLyrics ? ",\"has_lyrics\":true"u8 : ",\"has_lyrics\":false"u8);
        }

        WriteTexts(",\"languages\":["u8, track.Languages);
        WriteTexts(",\"artist_roles\":["u8, track.ArtistRoles);
        WriteUnlessEmpty(",\"recording_id\":"u8, track.RecordingId);
        WriteMbid(",\"recording_mbid\":"u8, track.RecordingId);
        WriteMbid(",\"mbid\":"u8, track.Id);
        _json.Append("}"u8);
    }

    private readonly void WriteAlbum(in AlbumRecord album)
    {
        WriteText("{\"id\":"u8, album.Id);
        WriteText(",\"name\":"u8, album.Name);
        WriteText(",\"type\":"u8, album.Type);
        WriteText(",\"label\":"u8, album.Label);
        WriteText(",\"release_date\":"u8, album.ReleaseDate);
        WriteText(",\"release_date_precision\":"u8, album.ReleaseDatePrecision);
        WriteUnlessEmpty(",\"upc\":"u8, album.Upc);
        _json.AppendNumber(",\"total_tracks\":"u8, album.TotalTracks);
        WriteUnlessEmpty(",\"copyright\":"u8, album.Copyright);
        WriteUnlessEmpty(",\"copyright_p\":"u8, album.CopyrightP);
        WriteImages(album.Images);
        WriteArtists(album.Artists);
        WriteMbid(",\"mbid\":"u8, album.Id);
        _json.Append("}"u8);
    }

    /// <summary>The artist of a track is mostly its album's too: what has been written of one is written again as it is.</summary>
    private readonly void WriteArtist(int index)
    {
        var written = body.ArtistJson;
        while (written.Count <= index)
        {
            written.Add(default);
        }

        if (!written[index].IsEmpty)
        {
            _json.Repeat(written[index].Start, written[index].Length);
            return;
        }

        var start = _json.Length;
        ref readonly var artist = ref _records.Artists[index];
        WriteText("{\"id\":"u8, artist.Id);
        WriteText(",\"name\":"u8, artist.Name);
        _json.AppendNumber(",\"followers\":"u8, artist.Followers);
        _json.AppendNumber(",\"popularity\":"u8, artist.Popularity);
        WriteTexts(",\"genres\":["u8, artist.Genres);
        WriteImages(artist.Images);
        WriteMbid(",\"mbid\":"u8, artist.Id);
        _json.Append("}"u8);
        written[index] = new TextRange(start, _json.Length - start);
    }

    /// <summary>Writes the artists of a track or album; no field when none of them exists.</summary>
    private readonly void WriteArtists(ListRange credits)
    {
        var isOpen = false;
        foreach (var key in _records.Credits(credits))
        {
            if (_records.IndexOfArtist(key) is >= 0 and var index)
            {
                _json.Append(isOpen ? ","u8 : ",\"artists\":["u8);
                isOpen = true;
                WriteArtist(index);
            }
        }

        if (isOpen)
        {
            _json.Append("]"u8);
        }
    }

    private readonly void WriteImages(ListRange images)
    {
        if (images.IsEmpty)
        {
            return;
        }

        _json.Append(",\"images\":["u8);
        var start = _json.Length;
        foreach (var image in _records.Images(images))
        {
            _json.Separate(start);
            WriteText("{\"url\":"u8, image.Url);
            _json.AppendNumber(",\"width\":"u8, image.Width);
            _json.AppendNumber(",\"height\":"u8, image.Height);
            _json.Append("}"u8);
        }

        _json.Append("]"u8);
    }

    private readonly void WriteTexts(ReadOnlySpan<byte> opening, ListRange texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        _json.Append(opening);
        var start = _json.Length;
        foreach (var text in _records.Texts(texts))
        {
            _json.Separate(start);
            _json.AppendText(_records.Text(text));
        }

        _json.Append("]"u8);
    }

    private readonly void WriteUnlessEmpty(ReadOnlySpan<byte> name, TextRange text)
    {
        if (!text.IsEmpty)
        {
            WriteText(name, text);
        }
    }

    /// <summary>Writes the UUID that an id stands for, in a catalog whose ids do.</summary>
    private readonly void WriteMbid(ReadOnlySpan<byte> name, TextRange id)
    {
        if (_records.IdsAreMbids && Mbid.TryReadId(_records.Text(id), out var mbid))
        {
            Span<byte> uuid = stackalloc byte[Mbid.UuidLength];
            Mbid.WriteUuid(mbid, uuid);
            _json.Append(name);
            _json.AppendText(uuid);
        }
    }

    private readonly void WriteText(ReadOnlySpan<byte> name, TextRange text)
    {
        _json.Append(name);
        _json.AppendText(_records.Text(text));
    }
}
