using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;
using ZstdSharp;

namespace MusicMetadata.Compact.Reading;

/// <summary>
/// A record of <c>album</c> that has been read: where each field is. What is wanted of it is made into records only then: of the twelve
/// tracks of an album, most lookups want one.
/// </summary>
internal sealed class AlbumPage
{
    private readonly RecordContent _content;
    private readonly RecordLists _lists = new();
    private readonly List<int> _credits = [];
    private readonly TrackFieldsReader _trackReader;
    private TrackFields[] _tracks = new TrackFields[16];
    private (CatalogKey Key, bool Exists, ArtistFields Fields)[] _artists = new (CatalogKey, bool, ArtistFields)[8];
    private AlbumFields _album;
    private int _trackCount;
    private int _artistCount;

    /// <summary>An empty one.</summary>
    public AlbumPage(Decompressor decompressor, Codes codes)
    {
        _content = new RecordContent(decompressor, codes);
        _trackReader = new TrackFieldsReader(_content, _lists, _credits);
    }

    /// <summary>The row; <see cref="CatalogKey.None"/> before there is one.</summary>
    public CatalogKey Row { get; private set; } = CatalogKey.None;

    /// <summary>The album, which may not exist.</summary>
    public CatalogKey Album { get; private set; }

    /// <summary>Whether the album exists, and not only tracks that name it.</summary>
    public bool HasAlbum { get; private set; }

    /// <summary>Whether artists are here too, and not only their keys.</summary>
    public bool HasArtists { get; private set; }

    /// <summary>Its popularity.</summary>
    public long AlbumPopularity => _album.Popularity;

    /// <summary>The name of the album.</summary>
    public ReadOnlySpan<byte> AlbumName => _content[_album.Name];

    /// <summary>Its tracks in the order of their keys.</summary>
    public ReadOnlySpan<TrackFields> Tracks => _tracks.AsSpan(0, _trackCount);

    /// <summary>Bytes that the buffers hold, but for small change.</summary>
    public long Capacity => _content.Capacity + (_tracks.Length * 320L) + (_artists.Length * 120L);

    /// <summary>Takes a record.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public void Load(CatalogKey row, ReadOnlySpan<byte> blob)
    {
        Row = CatalogKey.None;
        _lists.Clear();
        _credits.Clear();
        var cursor = _content.Load(CompactFormat.Albums, row.Value, blob);
        var urls = default(UrlReader);
        Album = new CatalogKey(row.Value + cursor.ReadSigned());
        HasAlbum = cursor.ReadCount(1) == 1;
        _trackCount = cursor.ReadLength();
        ReadArtists(ref cursor, ref urls);
        if (HasAlbum)
        {
            _album = AlbumFields.Read(ref cursor, ref urls, _lists, _trackReader, _artistCount, _trackCount);
        }

        if (_tracks.Length < _trackCount)
        {
            _tracks = new TrackFields[Math.Max(_tracks.Length * 2, _trackCount)];
        }

        _trackReader.Read(ref cursor, ref urls, row.Value, _artistCount, _tracks.AsSpan(0, _trackCount));
        cursor.End();
        Row = row;
    }

    /// <summary>Where a track is among <see cref="Tracks"/>; negative when it is not.</summary>
    public int IndexOf(CatalogKey track)
    {
        // Keys mostly follow each other.
        var guess = track.Value - Row.Value;
        if (guess >= 0 && guess < _trackCount && _tracks[guess].Key == track.Value)
        {
            return (int)guess;
        }

        var (low, high) = (0, _trackCount - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_tracks[middle].Key == track.Value)
            {
                return middle;
            }

            (low, high) = _tracks[middle].Key < track.Value ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>Whether a track has an id; see <see cref="IdText.Is"/>.</summary>
    public bool HasId(int track, ReadOnlySpan<byte> id, ReadOnlySpan<byte> code) => _tracks[track].Id.Is(_content, id, code);

    /// <summary>Whether the album has an id; see <see cref="IdText.Is"/>.</summary>
    public bool HasId(ReadOnlySpan<byte> id, ReadOnlySpan<byte> code) => HasAlbum && _album.Id.Is(_content, id, code);

    /// <summary>The name of a track.</summary>
    public ReadOnlySpan<byte> NameOf(int track) => _content[_tracks[track].Name];

    /// <summary>Whether a track has an ISRC.</summary>
    public bool HasIsrc(int track, ReadOnlySpan<byte> isrc)
    {
        Span<byte> regular = stackalloc byte[TrackColumns.IsrcLength];
        return _tracks[track].IsrcKind switch
        {
            IsrcKind.None => false,
            IsrcKind.Other => _content[_tracks[track].Isrc.Text].SequenceEqual(isrc),
            _ => RegularIsrc(_tracks[track], regular).SequenceEqual(isrc),
        };
    }

    /// <summary>Adds a track to records, without its artists and its album.</summary>
    public void AddTrack(int index, CatalogRecords records)
    {
        ref readonly var track = ref _tracks[index];
        records.Add(new TrackRecord
        {
            Key = new CatalogKey(track.Key),
            Id = track.Id.AddTo(records, _content),
            Name = _content.Add(records, track.Name),
            Isrc = AddIsrc(track, records),
            DurationMs = track.DurationMs,
            Explicit = (track.Flags & 1) != 0,
            TrackNumber = track.TrackNumber,
            DiscNumber = track.DiscNumber,
            Popularity = track.Popularity,
            PreviewUrl = track.Preview.AddTo(records, _content, default),
            Album = Album,
            Artists = AddCredits(track.Artists, records),
            OriginalTitle = _content.Add(records, track.OriginalTitle),
            VersionTitle = _content.Add(records, track.VersionTitle),
            HasLyrics = (track.Flags >> 1) switch { 0 => null, 1 => false, _ => true },
            Languages = _lists.AddTexts(records, _content, track.Languages),
            ArtistRoles = _lists.AddTexts(records, _content, track.Roles),
        });
    }

    /// <summary>Adds the album to records, without its artists.</summary>
    public void AddAlbum(CatalogRecords records)
    {
        var text = records.BeginText();
        var album = _album.ToRecord(Album, records, _content, _lists);
        album.Artists = AddCredits(_album.Artists, records);
        records.Add(album, text);
    }

    /// <summary>Adds an artist to records if it is here; false when it must be read elsewhere.</summary>
    public bool TryAddArtist(CatalogKey key, CatalogRecords records)
    {
        for (var i = 0; HasArtists && i < _artistCount; i++)
        {
            if (_artists[i].Key == key)
            {
                if (_artists[i].Exists)
                {
                    _artists[i].Fields.AddTo(records, key, _content, _lists);
                }

                return true;
            }
        }

        return false;
    }

    private void ReadArtists(ref RecordCursor cursor, ref UrlReader urls)
    {
        _artistCount = cursor.ReadLength();
        if (_artists.Length < _artistCount)
        {
            _artists = new (CatalogKey, bool, ArtistFields)[Math.Max(_artists.Length * 2, _artistCount)];
        }

        var before = 0L;
        foreach (ref var artist in _artists.AsSpan(0, _artistCount))
        {
            artist.Key = new CatalogKey(before += cursor.ReadSigned());
        }

        HasArtists = cursor.ReadCount(1) == 1;
        if (HasArtists)
        {
            foreach (ref var artist in _artists.AsSpan(0, _artistCount))
            {
                artist.Exists = cursor.ReadCount(1) == 1;
                artist.Fields = artist.Exists ? ArtistFields.Read(ref cursor, ref urls, _lists) : default;
            }
        }
    }

    private ListRange AddCredits(ListRange range, CatalogRecords records)
    {
        Span<CatalogKey> few = stackalloc CatalogKey[16];
        var keys = range.Count <= few.Length ? few[..range.Count] : new CatalogKey[range.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = _artists[_credits[range.Start + i]].Key;
        }

        return records.AddCredits(keys);
    }

    private TextRange AddIsrc(in TrackFields track, CatalogRecords records)
    {
        Span<byte> regular = stackalloc byte[TrackColumns.IsrcLength];
        return track.IsrcKind switch
        {
            IsrcKind.None => records.AddText([]),
            IsrcKind.Other => _content.Add(records, track.Isrc.Text),
            _ => records.AddText(RegularIsrc(track, regular)),
        };
    }

    private Span<byte> RegularIsrc(in TrackFields track, Span<byte> isrc)
    {
        var head = track.IsrcHead.In(_content);
        if (head.Length != TrackColumns.IsrcHead)
        {
            throw new InvalidDataException("an ISRC has another length");
        }

        head.CopyTo(isrc);
        DigitCode.Write((ulong)track.Isrc.Number, isrc[TrackColumns.IsrcHead..]);
        return isrc;
    }
}
