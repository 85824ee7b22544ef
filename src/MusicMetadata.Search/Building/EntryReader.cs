using System.Buffers.Binary;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;
using MusicMetadata.Search.Blocks;

namespace MusicMetadata.Search.Building;

/// <summary>Reads the catalog once more, for what matching finds candidates by, and leaves it sorted in files of a folder.</summary>
/// <param name="folder">Where the files are.</param>
/// <param name="memory">About how many bytes to use.</param>
/// <param name="progress">Told which key has been reached.</param>
internal sealed class EntryReader(string folder, long memory, IWorkProgress progress)
{
    private const int BatchSize = 1024;

    private readonly KeyTable<long> _artists = new();
    private readonly KeyTable<AlbumFacts> _albums = new();
    private readonly CatalogRecords _records = new(64 * 1024);
    private readonly ByteWriter _record = new();

    /// <summary>A record for each credit of each track, by artist, title and track.</summary>
    public RecordSorter Tracks { get; } = new(folder, "credits", memory / 2);

    /// <summary>A record for each album, by name.</summary>
    public RecordSorter Albums { get; } = new(folder, "titles", memory / 8);

    /// <summary>A record for each album with a UPC, by it.</summary>
    public RecordSorter Upcs { get; } = new(folder, "upcs", memory / 8);

    /// <summary>Reads what has not been read.</summary>
    /// <exception cref="CatalogException">The catalog cannot be read.</exception>
    public async Task ReadAsync(ICatalogReader source, IReadOnlyDictionary<Entity, EntityExtent> extents, CancellationToken cancellation)
    {
        if (Tracks.IsComplete && Albums.IsComplete && Upcs.IsComplete)
        {
            return;
        }

        // What tracks refer to is not kept: reading it again is quick beside the tracks.
        await ScanAsync(source, Entity.Artist, extents[Entity.Artist], CatalogKey.None, AddArtists, cancellation);
        var areAlbumsRead = Albums.IsComplete && Upcs.IsComplete;
        await ScanAsync(source, Entity.Album, extents[Entity.Album], CatalogKey.None, () => AddAlbums(areAlbumsRead), cancellation);
        if (!areAlbumsRead)
        {
            Albums.Finish(0);
            Upcs.Finish(0);
        }

        var after = Tracks.Position is { } position ? new CatalogKey(position) : CatalogKey.None;
        var last = await ScanAsync(source, Entity.Track, extents[Entity.Track], after, AddTracks, cancellation);
        Tracks.Finish(last.Value);
    }

    /// <summary>Adds the years and names of albums for tracks, and, unless they are there, the albums themselves.</summary>
    private void AddAlbums(bool areRead)
    {
        foreach (ref readonly var album in _records.Albums)
        {
            var title = Parse(album.Name);
            var year = ReleaseDate.YearOf(_records.Text(album.ReleaseDate));
            _albums[album.Key] = new AlbumFacts(TitleSketch.HashOfAlbum(title.Core), (short)year);
            if (areRead)
            {
                continue;
            }

            var artist = _records.Credits(album.Artists) is [var first, ..] ? _artists[first] : 0;
            Begin(TitleSketch.HashOfAlbumName(title.Core));
            WriteKey(album.Key);
            _record.WriteNumber((ulong)artist);
            _record.WriteNumber((ulong)year);
            _record.WriteNumber((ulong)Math.Max(0, album.TotalTracks));
            Add(Albums, 0);
            if (BlockKeys.OfUpc(Encoding.UTF8.GetString(_records.Text(album.Upc))) is { } upc)
            {
                Begin(upc);
                WriteKey(album.Key);
                Add(Upcs, 0);
            }
        }
    }

    private void AddArtists()
    {
        foreach (ref readonly var artist in _records.Artists)
        {
            _artists[artist.Key] = TitleSketch.HashOfArtist(ComparisonForm.OfArtist(Encoding.UTF8.GetString(_records.Text(artist.Name))));
        }
    }

    private void AddTracks()
    {
        foreach (ref readonly var track in _records.Tracks)
        {
            var title = Parse(track.Name);
            var hash = TitleSketch.HashOf(title.Core);
            var facts = _albums[track.Album];
            var credits = _records.Credits(track.Artists);
            for (var i = 0; i < credits.Length; i++)
            {
                if (credits[..i].Contains(credits[i]))
                {
                    continue;
                }

                Begin(_artists[credits[i]]);
                _record.WriteByte((byte)(hash >> 16));
                _record.WriteByte((byte)(hash >> 8));
                _record.WriteByte((byte)hash);
                WriteKey(track.Key);
                _record.WriteByte((byte)((track.Explicit ? 1 : 0) | (i == 0 ? 2 : 0) | (Math.Min(credits.Length, 3) << 2)));
                _record.WriteNumber((ulong)Math.Max(0, (track.DurationMs + (ArtistBlock.DurationUnit / 2)) / ArtistBlock.DurationUnit));
                _record.WriteByte((byte)Math.Clamp(track.Popularity, 0, 255));
                _record.WriteNumber((ulong)title.Versions);
                _record.WriteByte(title.DetailHash);
                if (i == 0)
                {
                    WriteKey(track.Album);
                    _record.WriteNumber(TitleSketch.BigramsOf(title.Core));
                    _record.WriteNumber(facts.NameHash);
                    _record.WriteNumber((ulong)facts.Year);
                    _record.WriteNumber((ulong)Math.Max(0, track.DiscNumber));
                    _record.WriteNumber((ulong)Math.Max(0, track.TrackNumber));
                }

                Add(Tracks, track.Key.Value - 1);
            }
        }
    }

    /// <summary>What a record of <see cref="Tracks"/> says.</summary>
    public static (long Artist, CatalogKey Album, TrackSketch Track) ReadTrack(ReadOnlySpan<byte> record)
    {
        var hash = (record[8] << 16) | (record[9] << 8) | record[10];
        var reader = new ByteReader(record[19..]);
        var flags = reader.ReadByte();
        var isPrimary = (flags & 2) != 0;
        var track = new TrackSketch
        {
            Track = ReadKey(record[11..]),
            TitleHash = hash,
            Explicit = (flags & 1) != 0,
            IsPrimary = isPrimary,
            ArtistCount = flags >> 2,
            DurationMs = (int)reader.ReadNumber() * ArtistBlock.DurationUnit,
            Popularity = reader.ReadByte(),
            Versions = (TitleVersions)reader.ReadNumber(),
            DetailHash = reader.ReadByte(),
        };
        var album = isPrimary ? ReadKey(reader.ReadBytes(sizeof(long))) : CatalogKey.None;
        return (BinaryPrimitives.ReadInt64BigEndian(record), album, isPrimary
            ? track with
            {
                TitleBigrams = (uint)reader.ReadNumber(),
                AlbumHash = (ushort)reader.ReadNumber(),
                Year = (int)reader.ReadNumber(),
                DiscNumber = (int)reader.ReadNumber(),
                TrackNumber = (int)reader.ReadNumber(),
            }
            : track);
    }

    /// <summary>What a record of <see cref="Albums"/> says.</summary>
    public static (long Name, AlbumEntry Entry) ReadAlbum(ReadOnlySpan<byte> record)
    {
        var reader = new ByteReader(record[16..]);
        var artist = (byte)reader.ReadNumber();
        var entry = new AlbumEntry(ReadKey(record[8..]), artist, (int)reader.ReadNumber(), (int)reader.ReadNumber());
        return (BinaryPrimitives.ReadInt64BigEndian(record), entry);
    }

    /// <summary>What a record of <see cref="Upcs"/> says.</summary>
    public static (long Upc, CatalogKey Album) ReadUpc(ReadOnlySpan<byte> record) =>
        (BinaryPrimitives.ReadInt64BigEndian(record), ReadKey(record[8..]));

    private async Task<CatalogKey> ScanAsync(
        ICatalogReader source, Entity entity, EntityExtent extent, CatalogKey after, Action add, CancellationToken cancellation)
    {
        using var stage = progress.Begin(
            $"Reading {entity.ToString().ToLowerInvariant()}s for matching", Math.Max(0, extent.LastKey.Value));
        for (var last = after; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            _records.Clear();
            await source.ScanAsync(entity, last, BatchSize, ScanFields.Match, _records);
            CatalogKey? next = entity switch
            {
                Entity.Track => _records.Tracks is [.., var track] ? track.Key : null,
                Entity.Album => _records.Albums is [.., var album] ? album.Key : null,
                _ => _records.Artists is [.., var artist] ? artist.Key : null,
            };
            if (next is null)
            {
                return last;
            }

            add();
            last = next.Value;
            stage.Advance(Math.Max(0, last.Value));
        }
    }

    private ParsedTitle Parse(TextRange name) => TitleParser.Parse(Encoding.UTF8.GetString(_records.Text(name)));

    private void Begin(long key)
    {
        _record.Clear();
        WriteFixed(key);
    }

    /// <summary>Eight bytes that sort as keys do.</summary>
    private void WriteKey(CatalogKey key) => WriteFixed(key.Value ^ long.MinValue);

    private void WriteFixed(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _record.WriteBytes(bytes);
    }

    private static CatalogKey ReadKey(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt64BigEndian(bytes) ^ long.MinValue);

    private void Add(RecordSorter sorter, long position)
    {
        if (sorter.IsFullFor(_record.Length))
        {
            sorter.Spill(position);
        }

        sorter.Add(_record.Written);
    }

    private readonly record struct AlbumFacts(ushort NameHash, short Year);
}
