using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Search.Blocks;

/// <summary>
/// The tracks of some artists, by the hash of the artist's name and by that of the title: what one row of <c>artist_blocks</c> holds, decoded.
/// </summary>
/// <remarks>
/// Year and name of an album stand once for all its tracks. Tracks on which the artist is a guest have neither, nor a sketch: they are a quarter
/// of all, and found by their title alone. The same field of all tracks stands together, which compresses best.
/// </remarks>
internal sealed class ArtistBlock
{
    private readonly List<Group> _artists = [];

    private ArtistBlock()
    {
    }

    /// <summary>The artists of the block, by ascending hash.</summary>
    public IReadOnlyList<Group> Artists => _artists;

    /// <summary>The tracks of an artist in this block; none when there are none.</summary>
    public TrackSketch[] Find(long artist) => _artists.Find(group => group.Artist == artist)?.Tracks ?? [];

    /// <summary>Decodes a block.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ArtistBlock Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var block = new ArtistBlock();
        var artists = reader.ReadCount();
        var artist = 0L;
        for (var i = 0; i < artists; i++)
        {
            artist += (long)reader.ReadNumber();
            block._artists.Add(new Group(artist, reader.ReadCount(), reader.ReadCount()));
        }

        foreach (var group in block._artists)
        {
            ReadAlbums(ref reader, group);
        }

        foreach (var group in block._artists)
        {
            ReadTitles(ref reader, group.Tracks);
        }

        foreach (var group in block._artists)
        {
            ReadFlags(ref reader, group.Tracks);
        }

        foreach (var group in block._artists)
        {
            ReadPlaces(ref reader, group);
        }

        foreach (var group in block._artists)
        {
            for (var i = 0; i < group.Tracks.Length; i++)
            {
                group.Tracks[i] = group.Tracks[i] with { DurationMs = (int)Math.Min(reader.ReadNumber(), int.MaxValue / 1000) * 1000 };
            }
        }

        foreach (var group in block._artists)
        {
            for (var i = 0; i < group.Tracks.Length; i++)
            {
                group.Tracks[i] = group.Tracks[i] with { Popularity = reader.ReadByte() };
            }
        }

        return block;
    }

    private static void ReadAlbums(ref ByteReader reader, Group group)
    {
        var track = 0L;
        for (var i = 0; i < group.Albums.Length; i++)
        {
            track += reader.ReadSigned();
            group.Albums[i] = new AlbumPart(
                track, BlockKeys.YearOf(reader.ReadByte()), (ushort)(reader.ReadByte() | (reader.ReadByte() << 8)), (int)reader.ReadNumber(), (int)reader.ReadNumber());
        }
    }

    private static void ReadTitles(ref ByteReader reader, TrackSketch[] tracks)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            tracks[i] = new TrackSketch
            {
                Track = CatalogKey.None,
                TitleHash = reader.ReadByte() | (reader.ReadByte() << 8) | (reader.ReadByte() << 16),
            };
        }
    }

    private static void ReadFlags(ref ByteReader reader, TrackSketch[] tracks)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            var flags = (Flags)reader.ReadByte();
            var isPrimary = !flags.HasFlag(Flags.Guest);
            var isSame = i > 0 && tracks[i - 1].IsPrimary && tracks[i - 1].TitleHash == tracks[i].TitleHash;
            tracks[i] = tracks[i] with
            {
                Explicit = flags.HasFlag(Flags.Explicit),
                IsPrimary = isPrimary,
                ArtistCount = 1 + (((int)flags >> CountShift) & 3),
                TitleBigrams = !isPrimary ? 0 : isSame ? tracks[i - 1].TitleBigrams : ReadBigrams(ref reader),
                Versions = flags.HasFlag(Flags.HasVersion) ? (TitleVersions)reader.ReadNumber() : TitleVersions.None,
                DetailHash = flags.HasFlag(Flags.HasVersion) ? reader.ReadByte() : (byte)0,
                DiscNumber = flags.HasFlag(Flags.HasNumber) ? (int)reader.ReadNumber() : 0,
                TrackNumber = flags.HasFlag(Flags.HasNumber) ? (int)reader.ReadNumber() : -1,
            };
        }
    }

    private static uint ReadBigrams(ref ByteReader reader) =>
        reader.ReadByte() | ((uint)reader.ReadByte() << 8) | ((uint)reader.ReadByte() << 16);

    private static void ReadPlaces(ref ByteReader reader, Group group)
    {
        var guest = 0L;
        for (var i = 0; i < group.Tracks.Length; i++)
        {
            var track = group.Tracks[i];
            if (!track.IsPrimary)
            {
                guest += reader.ReadSigned();
                group.Tracks[i] = track with { Track = new CatalogKey(guest), TrackNumber = 0 };
                continue;
            }

            var index = reader.ReadCount();
            var album = index < group.Albums.Length ? group.Albums[index] : throw new InvalidDataException("a block of the search index is damaged");
            var offset = (long)reader.ReadNumber();
            group.Tracks[i] = track with
            {
                Track = new CatalogKey(album.FirstTrack + offset),
                Year = album.Year,
                AlbumHash = album.NameHash,
                DiscNumber = track.TrackNumber < 0 ? album.DiscNumber : track.DiscNumber,
                TrackNumber = track.TrackNumber < 0 ? (int)(album.TrackNumber + offset) : track.TrackNumber,
            };
        }
    }

    /// <summary>Where the number of credited artists stands in <see cref="Flags"/>, less one.</summary>
    internal const int CountShift = 4;

    /// <summary>The first byte of a track.</summary>
    [Flags]
    internal enum Flags
    {
        None = 0,
        Explicit = 1,

        /// <summary>The artist is not the first that is credited.</summary>
        Guest = 2,
        HasVersion = 4,

        /// <summary>Its disc and number do not follow from its album's first track.</summary>
        HasNumber = 8,
    }

    /// <summary>What the tracks of one album share.</summary>
    internal readonly record struct AlbumPart(long FirstTrack, int Year, ushort NameHash, int DiscNumber, int TrackNumber);

    /// <summary>The tracks of an artist, or of several of the same name.</summary>
    /// <param name="artist">The hash of the name: <see cref="TitleSketch.HashOfArtist"/>.</param>
    /// <param name="albums">How many albums.</param>
    /// <param name="tracks">How many tracks.</param>
    internal sealed class Group(long artist, int albums, int tracks)
    {
        /// <summary>The hash of the name.</summary>
        public long Artist => artist;

        /// <summary>Its albums, by their first tracks.</summary>
        public AlbumPart[] Albums { get; } = new AlbumPart[albums];

        /// <summary>Its tracks, by the hash of the title.</summary>
        public TrackSketch[] Tracks { get; } = new TrackSketch[tracks];
    }
}
