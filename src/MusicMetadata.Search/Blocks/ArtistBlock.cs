using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Search.Blocks;

/// <summary>
/// The tracks of some artists, by the hash of the artist's name: what one row of <c>artist_blocks</c> holds, decoded.
/// </summary>
/// <remarks>
/// <para>
/// An artist's tracks stand in the order of their keys, those on which the artist is a guest behind the others: so most stand behind
/// their neighbours on the album, and key, album and number cost nothing. A title stands where it occurs first, and later ones refer to
/// it. Tracks of guests have neither album nor sketch: they are a quarter of all, and found by their title alone.
/// </para>
/// <para>
/// Hashes do not compress and stand plainly in front; the same field of all tracks stands together in the compressed rest.
/// </para>
/// </remarks>
internal sealed class ArtistBlock
{
    private readonly List<(long Artist, ReadOnlyMemory<TrackSketch> Tracks)> _artists = [];

    private ArtistBlock()
    {
    }

    /// <summary>The hashes of the artists of the block, ascending.</summary>
    public IEnumerable<long> Artists => _artists.Select(group => group.Artist);

    /// <summary>The tracks of an artist in this block; none when there are none.</summary>
    public ReadOnlyMemory<TrackSketch> Find(long artist) => _artists.Find(group => group.Artist == artist).Tracks;

    /// <summary>Decodes a block.</summary>
    /// <param name="hashes">Its hashes.</param>
    /// <param name="fields">The rest, expanded.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ArtistBlock Decode(ReadOnlySpan<byte> hashes, ReadOnlySpan<byte> fields)
    {
        var block = new ArtistBlock();
        var reader = new ByteReader(fields);
        var groups = new Group[reader.ReadCount()];
        var total = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = new Group(total, reader.ReadCount(), reader.ReadCount());
            total += groups[i].Count;
        }

        var flags = reader.ReadBytes(total);
        var popularities = reader.ReadBytes(total);
        var durations = reader.ReadBytes(total);
        var tracks = new TrackSketch[total];
        for (var i = 0; i < total; i++)
        {
            tracks[i] = tracks[i] with { Popularity = popularities[i], DurationMs = durations[i] * DurationUnit };
        }

        // How far tracks are from those before them on their albums: a byte for nearly every one.
        var steps = reader;
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Primaries; i++)
            {
                if (i > 0 && IsSameAlbum((Flags)flags[group.First + i]))
                {
                    _ = reader.ReadNumber();
                }
            }
        }

        var decoder = new Decoder(new ByteReader(hashes), steps, reader);
        var artist = 0L;
        foreach (var group in groups)
        {
            artist += decoder.ReadGroup(tracks.AsSpan(group.First, group.Count), flags.Slice(group.First, group.Count), group.Primaries);
            block._artists.Add((artist, tracks.AsMemory(group.First, group.Count)));
        }

        return block;
    }

    private static bool IsSameAlbum(Flags flags) => (flags & (Flags.NewAlbum | Flags.KnownAlbum)) == 0;

    /// <summary>Milliseconds that a length is kept to.</summary>
    internal const int DurationUnit = 2000;

    /// <summary>Lengths from which on a byte does not hold them.</summary>
    internal const int LongDuration = byte.MaxValue;

    /// <summary>Where the number of credited artists stands in <see cref="Flags"/>, less one.</summary>
    internal const int CountShift = 4;

    /// <summary>The first byte of a track.</summary>
    [Flags]
    internal enum Flags
    {
        None = 0,
        Explicit = 1,
        HasVersion = 2,

        /// <summary>Disc and number do not follow from the track before.</summary>
        HasNumber = 4,

        /// <summary>The title has occurred below the artist.</summary>
        KnownTitle = 8,

        /// <summary>The first track here of its album. Without this flag and the next it is on the album of the track before.</summary>
        NewAlbum = 64,

        /// <summary>Its album has occurred, but not right before.</summary>
        KnownAlbum = 128,
    }

    /// <summary>Where the tracks of an artist, or of several of the same name, are.</summary>
    private readonly record struct Group(int First, int Primaries, int Guests)
    {
        public int Count => Primaries + Guests;
    }

    /// <summary>Reads titles, versions and places of tracks, which refer to one another.</summary>
    private ref struct Decoder(ByteReader hashes, ByteReader steps, ByteReader details)
    {
        private readonly List<(int Hash, uint Bigrams)> _titles = [];
        private readonly List<(ushort Name, int Year)> _albums = [];
        private ByteReader _hashes = hashes;
        private ByteReader _steps = steps;
        private ByteReader _details = details;

        /// <summary>Reads the tracks of a group, and returns how much higher its artist's hash is than that of the group before.</summary>
        public long ReadGroup(Span<TrackSketch> tracks, ReadOnlySpan<byte> flags, int primaries)
        {
            _titles.Clear();
            _albums.Clear();
            var step = (long)_hashes.ReadNumber();
            var album = -1;
            for (var i = 0; i < tracks.Length; i++)
            {
                var flag = (Flags)flags[i];
                var track = tracks[i] with { IsPrimary = i < primaries };
                if (track.DurationMs == LongDuration * DurationUnit)
                {
                    track = track with { DurationMs = (int)Math.Min(_details.ReadNumber(), int.MaxValue / DurationUnit) * DurationUnit };
                }

                track = ReadTitle(track, flag) with
                {
                    Explicit = flag.HasFlag(Flags.Explicit),
                    ArtistCount = 1 + ((flags[i] >> CountShift) & 3),
                    Versions = flag.HasFlag(Flags.HasVersion) ? (TitleVersions)_details.ReadNumber() : TitleVersions.None,
                    DetailHash = flag.HasFlag(Flags.HasVersion) ? _details.ReadByte() : (byte)0,
                };
                var last = i == 0 || i == primaries ? default : tracks[i - 1];
                tracks[i] = track.IsPrimary
                    ? ReadPlace(track, flag, last, ref album)
                    : track with { Track = new CatalogKey(last.Track.Value + _hashes.ReadSigned()) };
            }

            return step;
        }

        private TrackSketch ReadTitle(in TrackSketch track, Flags flags)
        {
            if (!flags.HasFlag(Flags.KnownTitle))
            {
                _titles.Add(((int)ReadThree(), track.IsPrimary ? ReadThree() : 0));
            }

            var (hash, bigrams) = _titles[flags.HasFlag(Flags.KnownTitle) ? Index(_titles.Count) : _titles.Count - 1];
            return track with { TitleHash = hash, TitleBigrams = track.IsPrimary ? bigrams : 0 };
        }

        private TrackSketch ReadPlace(in TrackSketch track, Flags flags, in TrackSketch last, ref int album)
        {
            var isSameAlbum = album >= 0 && IsSameAlbum(flags);
            var step = isSameAlbum ? (long)_steps.ReadNumber() : _hashes.ReadSigned();
            if (flags.HasFlag(Flags.NewAlbum))
            {
                album = _albums.Count;
                _albums.Add(((ushort)(_hashes.ReadByte() | (_hashes.ReadByte() << 8)), BlockKeys.YearOf(_details.ReadByte())));
            }
            else if (!isSameAlbum)
            {
                album = Index(_albums.Count);
            }

            var (name, year) = album >= 0 ? _albums[album] : throw ByteReader.Damaged();
            var hasNumber = flags.HasFlag(Flags.HasNumber);
            return track with
            {
                Track = new CatalogKey(last.Track.Value + step),
                AlbumHash = name,
                Year = year,
                DiscNumber = hasNumber ? (int)_details.ReadNumber() : isSameAlbum ? last.DiscNumber : 1,
                TrackNumber = hasNumber ? (int)_details.ReadNumber()
                    : isSameAlbum ? (int)(last.TrackNumber + step)
                    : 1,
            };
        }

        private int Index(int count) =>
            _details.ReadNumber() is var index && index < (ulong)count ? (int)index : throw ByteReader.Damaged();

        private uint ReadThree() => _hashes.ReadByte() | ((uint)_hashes.ReadByte() << 8) | ((uint)_hashes.ReadByte() << 16);
    }
}
