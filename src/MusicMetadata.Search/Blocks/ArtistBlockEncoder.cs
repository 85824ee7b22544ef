using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Search.Blocks;

/// <summary>Encodes what <see cref="ArtistBlock.Decode"/> reads.</summary>
internal sealed class ArtistBlockEncoder
{
    private readonly ByteWriter _hashes = new();
    private readonly ByteWriter _counts = new();
    private readonly ByteWriter _flags = new();
    private readonly ByteWriter _popularities = new();
    private readonly ByteWriter _durations = new();
    private readonly ByteWriter _steps = new();
    private readonly ByteWriter _details = new();
    private readonly ByteWriter _fields = new();
    private readonly Dictionary<int, int> _titleIndexes = [];
    private readonly Dictionary<CatalogKey, int> _albumIndexes = [];
    private long _lastArtist;

    /// <summary>How many artists have been added.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the block has by now, before it is compressed.</summary>
    public int Length => _hashes.Length + Columns.Sum(column => column.Length);

    private ByteWriter[] Columns => [_counts, _flags, _popularities, _durations, _steps, _details];

    /// <summary>Adds tracks of an artist; artists must ascend.</summary>
    /// <param name="artist">The hash of the name.</param>
    /// <param name="tracks">The tracks, which are put in the order of the block.</param>
    public void Add(long artist, Span<(CatalogKey Album, TrackSketch Track)> tracks)
    {
        tracks.Sort((left, right) => left.Track.IsPrimary != right.Track.IsPrimary
            ? right.Track.IsPrimary.CompareTo(left.Track.IsPrimary)
            : left.Track.Track.CompareTo(right.Track.Track));
        var primaries = 0;
        while (primaries < tracks.Length && tracks[primaries].Track.IsPrimary)
        {
            primaries++;
        }

        if (Count == 0)
        {
            _hashes.Clear();
        }

        _hashes.WriteNumber((ulong)(artist - _lastArtist));
        _counts.WriteNumber((ulong)primaries);
        _counts.WriteNumber((ulong)(tracks.Length - primaries));
        _titleIndexes.Clear();
        _albumIndexes.Clear();
        (_lastArtist, Count) = (artist, Count + 1);
        for (var i = 0; i < tracks.Length; i++)
        {
            var isFirst = i == 0 || i == primaries;
            Add(tracks[i].Track, tracks[i].Album, isFirst ? default : tracks[i - 1].Track, isFirst ? CatalogKey.None : tracks[i - 1].Album);
        }
    }

    /// <summary>Ends the block and begins a new one: its hashes, and its other fields. Both are valid until the next call.</summary>
    public void Finish(out ReadOnlySpan<byte> hashes, out ReadOnlySpan<byte> fields)
    {
        _fields.Clear();
        _fields.WriteNumber((ulong)Count);
        foreach (var column in Columns)
        {
            _fields.WriteBytes(column.Written);
            column.Clear();
        }

        hashes = _hashes.Written;
        fields = _fields.Written;
        (Count, _lastArtist) = (0, 0);
    }

    private void Add(in TrackSketch track, CatalogKey album, in TrackSketch last, CatalogKey lastAlbum)
    {
        _popularities.WriteByte(track.Popularity);
        var duration = (ulong)track.DurationMs / ArtistBlock.DurationUnit;
        _durations.WriteByte((byte)Math.Min(duration, ArtistBlock.LongDuration));
        if (duration >= ArtistBlock.LongDuration)
        {
            _details.WriteNumber(duration);
        }

        var flags = (track.Explicit ? ArtistBlock.Flags.Explicit : 0)
            | (track.Versions == TitleVersions.None ? 0 : ArtistBlock.Flags.HasVersion);
        if (_titleIndexes.TryGetValue(track.TitleHash, out var title))
        {
            flags |= ArtistBlock.Flags.KnownTitle;
            _details.WriteNumber((ulong)title);
        }
        else
        {
            _titleIndexes.Add(track.TitleHash, _titleIndexes.Count);
            WriteThree((uint)track.TitleHash);
            if (track.IsPrimary)
            {
                WriteThree(track.TitleBigrams);
            }
        }

        if (track.Versions != TitleVersions.None)
        {
            _details.WriteNumber((ulong)track.Versions);
            _details.WriteByte(track.DetailHash);
        }

        if (track.IsPrimary)
        {
            flags |= AddPlace(track, album, last, lastAlbum);
        }
        else
        {
            _hashes.WriteSigned(track.Track.Value - last.Track.Value);
        }

        _flags.WriteByte((byte)((int)flags | ((track.ArtistCount - 1) << ArtistBlock.CountShift)));
    }

    /// <summary>Adds key, album, disc and number, as far as they do not follow from the track before.</summary>
    private ArtistBlock.Flags AddPlace(in TrackSketch track, CatalogKey album, in TrackSketch last, CatalogKey lastAlbum)
    {
        var flags = ArtistBlock.Flags.None;
        var isSameAlbum = _albumIndexes.Count > 0 && album == lastAlbum;
        var step = track.Track.Value - last.Track.Value;
        if (isSameAlbum)
        {
            _steps.WriteNumber((ulong)step);
        }
        else
        {
            // As far away as a hash.
            _hashes.WriteSigned(step);
        }

        if (!isSameAlbum && _albumIndexes.TryGetValue(album, out var index))
        {
            flags |= ArtistBlock.Flags.KnownAlbum;
            _details.WriteNumber((ulong)index);
        }
        else if (!isSameAlbum)
        {
            flags |= ArtistBlock.Flags.NewAlbum;
            _albumIndexes.Add(album, _albumIndexes.Count);
            _hashes.WriteByte((byte)track.AlbumHash);
            _hashes.WriteByte((byte)(track.AlbumHash >> 8));
            _details.WriteByte(BlockKeys.ByteOf(track.Year));
        }

        var (disc, number) = isSameAlbum ? (last.DiscNumber, last.TrackNumber + step) : (1, 1);
        if ((track.DiscNumber, track.TrackNumber) == (disc, number))
        {
            return flags;
        }

        _details.WriteNumber((ulong)track.DiscNumber);
        _details.WriteNumber((ulong)track.TrackNumber);
        return flags | ArtistBlock.Flags.HasNumber;
    }

    private void WriteThree(uint value)
    {
        for (var shift = 0; shift < 24; shift += 8)
        {
            _hashes.WriteByte((byte)(value >> shift));
        }
    }
}
