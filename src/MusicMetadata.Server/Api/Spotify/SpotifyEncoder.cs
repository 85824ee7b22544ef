using System.Text;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>How tracks, albums and artists look below <c>/v1</c>: every field is always there, and ids have addresses.</summary>
/// <param name="body">Has the records, and takes the JSON.</param>
/// <param name="request">Says in which market the client is, and how it calls the server.</param>
internal readonly struct SpotifyEncoder(JsonBody body, SpotifyRequest request)
{
    private readonly CatalogRecords _records = body.Records;
    private readonly JsonText _json = body.Json;
    private readonly FieldWriter _fields = new(body, request);

    /// <summary>Writes a track with its album.</summary>
    public void WriteFullTrack(in TrackRecord track)
    {
        WriteTrack(track);
        _json.Append(",\"album\":"u8);
        if (_records.IndexOfAlbum(track.Album) is >= 0 and var index)
        {
            WriteAlbum(_records.Albums[index]);
        }
        else
        {
            _json.Append("null"u8);
        }

        _fields.WriteCode(",\"external_ids\":{"u8, "\"isrc\":"u8, track.Isrc);
        _json.AppendNumber(",\"popularity\":"u8, track.Popularity);
        _json.Append("}"u8);
    }

    /// <summary>Writes a track without its album.</summary>
    public void WriteSimplifiedTrack(in TrackRecord track)
    {
        WriteTrack(track);
        _json.Append("}"u8);
    }

    /// <summary>Writes an album without its tracks.</summary>
    /// <param name="album">The album.</param>
    /// <param name="group">What it is to the artist whose albums are listed; empty elsewhere.</param>
    public void WriteAlbum(in AlbumRecord album, ReadOnlySpan<byte> group = default)
    {
        WriteAlbumStart(album);
        if (!group.IsEmpty)
        {
            _json.Append(",\"album_group\":"u8);
            _json.AppendText(group);
        }

        _json.Append("}"u8);
    }

    /// <summary>Writes an album with the first of its tracks.</summary>
    /// <param name="album">The album.</param>
    /// <param name="tracks">Their records.</param>
    /// <param name="total">How many tracks it has in the catalog.</param>
    public void WriteFullAlbum(in AlbumRecord album, ReadOnlySpan<TrackRecord> tracks, int total)
    {
        WriteAlbumStart(album);
        _json.Append(",\"tracks\":"u8);
        var page = new Page(TracksAddress(album), Page.MaxLimit, 0, total);
        page.WriteStart(_json);
        WriteTracks(tracks, isFull: false);
        page.WriteEnd(_json);
        _json.Append(",\"copyrights\":["u8);
        var start = _json.Length;
        _fields.WriteCopyright(album.Copyright, "\"C\"}"u8, start);
        _fields.WriteCopyright(album.CopyrightP, "\"P\"}"u8, start);
        _fields.WriteCode("],\"external_ids\":{"u8, "\"upc\":"u8, album.Upc);
        _fields.WriteText(",\"genres\":[],\"label\":"u8, album.Label);
        _json.AppendNumber(",\"popularity\":"u8, album.Popularity);
        _json.Append("}"u8);
    }

    /// <summary>Writes an artist with all that is known of it.</summary>
    public void WriteFullArtist(in ArtistRecord artist)
    {
        WriteArtistStart(artist);
        _json.AppendNumber(",\"followers\":{\"href\":null,\"total\":"u8, artist.Followers);
        _json.Append("},\"genres\":["u8);
        var start = _json.Length;
        foreach (var genre in _records.Texts(artist.Genres))
        {
            _json.Separate(start);
            _json.AppendText(_records.Text(genre));
        }

        _json.Append("]"u8);
        _fields.WriteImages(artist.Images);
        _json.AppendNumber(",\"popularity\":"u8, artist.Popularity);
        _json.Append("}"u8);
    }

    /// <summary>Writes tracks with commas between them.</summary>
    public void WriteTracks(ReadOnlySpan<TrackRecord> tracks, bool isFull)
    {
        var start = _json.Length;
        foreach (ref readonly var track in tracks)
        {
            _json.Separate(start);
            if (isFull)
            {
                WriteFullTrack(track);
            }
            else
            {
                WriteSimplifiedTrack(track);
            }
        }
    }

    /// <summary>The address of an album's tracks.</summary>
    public string TracksAddress(in AlbumRecord album) =>
        $"{request.Origin}/v1/albums/{Encoding.UTF8.GetString(_records.Text(album.Id))}/tracks?{request.MarketParameter}";

    private void WriteTrack(in TrackRecord track)
    {
        WriteArtists("{\"artists\":["u8, track.Artists);
        _fields.WriteAvailability(track.MarketList);
        _json.AppendNumber(",\"disc_number\":"u8, track.DiscNumber);
        _json.AppendNumber(",\"duration_ms\":"u8, track.DurationMs);
        _json.Append(track.Explicit ? ",\"explicit\":true"u8 : ",\"explicit\":false"u8);
        _fields.WriteAddresses(
            ",\"external_urls\":{\"spotify\":"u8, "https://open.spotify.com/track/"u8, request.TrackAddress, "spotify:track:"u8, track.Id);
        _fields.WriteText(",\"name\":"u8, track.Name);
        _json.Append(",\"preview_url\":"u8);
        if (track.PreviewUrl.IsEmpty)
        {
            _json.Append("null"u8);
        }
        else
        {
            _json.AppendText(_records.Text(track.PreviewUrl));
        }

        _json.AppendNumber(",\"track_number\":"u8, track.TrackNumber);
        _json.Append(",\"type\":\"track\",\"is_local\":false"u8);
    }

    private void WriteAlbumStart(in AlbumRecord album)
    {
        _fields.WriteText("{\"album_type\":"u8, album.Type);
        _json.AppendNumber(",\"total_tracks\":"u8, album.TotalTracks);
        _fields.WriteAvailability(album.MarketList);
        _fields.WriteAddresses(
            ",\"external_urls\":{\"spotify\":"u8, "https://open.spotify.com/album/"u8, request.AlbumAddress, "spotify:album:"u8, album.Id);
        _fields.WriteImages(album.Images);
        _fields.WriteText(",\"name\":"u8, album.Name);
        _fields.WriteReleaseDate(_records.Text(album.ReleaseDate), _records.Text(album.ReleaseDatePrecision));
        WriteArtists(",\"type\":\"album\",\"artists\":["u8, album.Artists);
    }

    private void WriteArtists(ReadOnlySpan<byte> opening, ListRange credits)
    {
        _json.Append(opening);
        var start = _json.Length;
        foreach (var key in _records.Credits(credits))
        {
            if (_records.IndexOfArtist(key) is >= 0 and var index)
            {
                _json.Separate(start);
                WriteSimplifiedArtist(index);
            }
        }

        _json.Append("]"u8);
    }

    /// <summary>The artist of a track is mostly its album's too: what has been written of one is written again as it is.</summary>
    private void WriteSimplifiedArtist(int index)
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
        WriteArtistStart(_records.Artists[index]);
        _json.Append("}"u8);
        written[index] = new TextRange(start, _json.Length - start);
    }

    private void WriteArtistStart(in ArtistRecord artist)
    {
        _fields.WriteAddresses(
            "{\"external_urls\":{\"spotify\":"u8,
            "https://open.spotify.com/artist/"u8,
            request.ArtistAddress,
            "spotify:artist:"u8,
            artist.Id);
        _fields.WriteText(",\"name\":"u8, artist.Name);
        _json.Append(",\"type\":\"artist\""u8);
    }
}
