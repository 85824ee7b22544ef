using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Search.Blocks;

/// <summary>Encodes what <see cref="ArtistBlock.Decode"/> reads.</summary>
internal sealed class ArtistBlockEncoder
{
    private readonly ByteWriter _head = new();
    private readonly ByteWriter _albums = new();
    private readonly ByteWriter _titles = new();
    private readonly ByteWriter _flags = new();
    private readonly ByteWriter _places = new();
    private readonly ByteWriter _durations = new();
    private readonly ByteWriter _popularities = new();
    private readonly ByteWriter _block = new();
    private readonly Dictionary<CatalogKey, TrackSketch> _first = [];
    private readonly Dictionary<CatalogKey, int> _indexes = [];
    private long _lastArtist;

    /// <summary>How many artists have been added.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the block has by now.</summary>
    public int Length => Columns.Sum(column => column.Length);

    private ByteWriter[] Columns => [_head, _albums, _titles, _flags, _places, _durations, _popularities];

    /// <summary>Adds tracks of an artist; artists must ascend, and hashes of titles of an artist too.</summary>
    public void Add(long artist, ReadOnlySpan<(CatalogKey Album, TrackSketch Track)> tracks)
    {
        FindAlbums(tracks);
        _head.WriteNumber((ulong)(artist - _lastArtist));
        _head.WriteNumber((ulong)_first.Count);
        _head.WriteNumber((ulong)tracks.Length);
        _lastArtist = artist;
        Count++;
        WriteAlbums();
        var guest = 0L;
        for (var i = 0; i < tracks.Length; i++)
        {
            var track = tracks[i].Track;
            _titles.WriteByte((byte)track.TitleHash);
            _titles.WriteByte((byte)(track.TitleHash >> 8));
            _titles.WriteByte((byte)(track.TitleHash >> 16));
            var isSame = i > 0 && tracks[i - 1].Track.IsPrimary && tracks[i - 1].Track.TitleHash == track.TitleHash;
            WriteFlags(track, tracks[i].Album, isSame);
            if (track.IsPrimary)
            {
                _places.WriteNumber((ulong)_indexes[tracks[i].Album]);
                _places.WriteNumber((ulong)(track.Track.Value - _first[tracks[i].Album].Track.Value));
            }
            else
            {
                _places.WriteSigned(track.Track.Value - guest);
                guest = track.Track.Value;
            }

            _durations.WriteNumber((ulong)(track.DurationMs / 1000));
            _popularities.WriteByte(track.Popularity);
        }
    }

    /// <summary>The block, valid until the next call. Begins a new one.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        _block.Clear();
        _block.WriteNumber((ulong)Count);
        foreach (var column in Columns)
        {
            _block.WriteBytes(column.Written);
            column.Clear();
        }

        (Count, _lastArtist) = (0, 0);
        return _block.Written;
    }

    /// <summary>Finds the first track here of each album.</summary>
    private void FindAlbums(ReadOnlySpan<(CatalogKey Album, TrackSketch Track)> tracks)
    {
        _first.Clear();
        _indexes.Clear();
        foreach (ref readonly var entry in tracks)
        {
            if (entry.Track.IsPrimary && (!_first.TryGetValue(entry.Album, out var known) || entry.Track.Track < known.Track))
            {
                _first[entry.Album] = entry.Track;
            }
        }
    }

    private void WriteAlbums()
    {
        var track = 0L;
        foreach (var (album, first) in _first.OrderBy(album => album.Value.Track))
        {
            _indexes.Add(album, _indexes.Count);
            _albums.WriteSigned(first.Track.Value - track);
            track = first.Track.Value;
            _albums.WriteByte(BlockKeys.ByteOf(first.Year));
            _albums.WriteByte((byte)first.AlbumHash);
            _albums.WriteByte((byte)(first.AlbumHash >> 8));
            _albums.WriteNumber((ulong)first.DiscNumber);
            _albums.WriteNumber((ulong)first.TrackNumber);
        }
    }

    private void WriteFlags(in TrackSketch track, CatalogKey album, bool isSameTitle)
    {
        var isNumberKnown = !track.IsPrimary
            || (_first[album] is var first
                && track.DiscNumber == first.DiscNumber
                && track.TrackNumber == first.TrackNumber + track.Track.Value - first.Track.Value);
        var flags = (track.Explicit ? ArtistBlock.Flags.Explicit : 0)
            | (track.IsPrimary ? 0 : ArtistBlock.Flags.Guest)
            | (track.Versions == TitleVersions.None ? 0 : ArtistBlock.Flags.HasVersion)
            | (isNumberKnown ? 0 : ArtistBlock.Flags.HasNumber);
        _flags.WriteByte((byte)((int)flags | ((track.ArtistCount - 1) << ArtistBlock.CountShift)));
        if (track.IsPrimary && !isSameTitle)
        {
            for (var shift = 0; shift < 24; shift += 8)
            {
                _flags.WriteByte((byte)(track.TitleBigrams >> shift));
            }
        }

        if (track.Versions != TitleVersions.None)
        {
            _flags.WriteNumber((ulong)track.Versions);
            _flags.WriteByte(track.DetailHash);
        }

        if (!isNumberKnown)
        {
            _flags.WriteNumber((ulong)track.DiscNumber);
            _flags.WriteNumber((ulong)track.TrackNumber);
        }
    }
}
