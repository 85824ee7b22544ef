using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Sqlite;
using ZstdSharp;

namespace MusicMetadata.Search.Blocks;

/// <summary>Finds candidates in the blocks of an index.</summary>
internal sealed class BlockSearch : IDisposable
{
    private readonly Statement _artist;
    private readonly Statement _album;
    private readonly Statement _upc;
    private readonly Decompressor _decompressor;
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>Prepares the statements.</summary>
    /// <exception cref="SqliteException">The index lacks a table.</exception>
    /// <exception cref="InvalidDataException">The dictionary is damaged.</exception>
    public BlockSearch(Connection index)
    {
        _artist = Prepare("artist_blocks");
        _album = Prepare("album_blocks");
        _upc = Prepare("upc_blocks");
        using var dictionary = index.Prepare("SELECT dictionary FROM block_dictionary");
        using var rows = dictionary.Query();
        try
        {
            _decompressor = Zstd.CreateDecompressor(rows.Step() ? rows.Text(0).ToArray() : []);
        }
        catch (ZstdException)
        {
            throw new InvalidDataException("its dictionary is damaged");
        }

        Statement Prepare(string table) => index.Prepare($"SELECT key, block FROM {table} WHERE key <= ?1 ORDER BY key DESC LIMIT 1");
    }

    /// <summary>How many blocks have been read.</summary>
    public int BlocksRead { get; private set; }

    /// <summary>Adds the tracks of an artist, or of several of one name, that have a title.</summary>
    /// <param name="artist"><see cref="TitleSketch.HashOfArtist"/> of the name.</param>
    /// <param name="title"><see cref="TitleSketch.HashOf"/> of the title's core.</param>
    /// <param name="tracks">Takes them.</param>
    /// <returns>Whether there is such an artist.</returns>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public bool FindTracks(long artist, int title, List<TrackSketch> tracks)
    {
        var (block, lastPart) = ReadLast(artist);
        if (lastPart > 0)
        {
            // The last part that does not begin behind the title.
            var (low, high) = (0L, lastPart);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = BeginsBehind(ReadPart(artist, middle).Span, title) ? (low, middle - 1) : (middle, high);
            }

            block = ReadPart(artist, low);
        }

        AddWanted(block.Span, track => track.TitleHash == title, tracks);
        return block.Length > 0;
    }

    /// <summary>Adds tracks of an artist, or of several of one name.</summary>
    /// <param name="artist"><see cref="TitleSketch.HashOfArtist"/> of the name.</param>
    /// <param name="maxBlocks">How many blocks to read at most.</param>
    /// <param name="isWanted">Whether to add a track.</param>
    /// <param name="tracks">Takes them.</param>
    /// <returns>Whether all of the artist's tracks were looked at.</returns>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public bool FindTracks(long artist, int maxBlocks, Func<TrackSketch, bool> isWanted, List<TrackSketch> tracks)
    {
        var read = 0;
        foreach (var block in ReadTracks(artist))
        {
            if (read++ == maxBlocks)
            {
                return false;
            }

            AddWanted(block.Span, isWanted, tracks);
        }

        return true;
    }

    /// <summary>Reads the tracks of an artist, or of several of one name, a block at a time.</summary>
    /// <param name="artist"><see cref="TitleSketch.HashOfArtist"/> of the name.</param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public IEnumerable<ReadOnlyMemory<TrackSketch>> ReadTracks(long artist)
    {
        var (block, part) = ReadLast(artist);
        yield return block;
        while (--part >= 0)
        {
            yield return ReadPart(artist, part);
        }
    }

    /// <summary>Adds the albums of a name.</summary>
    /// <param name="name"><see cref="TitleSketch.HashOfAlbumName"/> of the core of the name.</param>
    /// <param name="albums">Takes them.</param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public void FindAlbums(long name, List<AlbumEntry> albums)
    {
        for (var key = BlockKeys.Row(name, BlockKeys.MaxPart); key >= 0; key--)
        {
            using var rows = _album.Query(key);
            if (!rows.Step())
            {
                return;
            }

            BlocksRead++;
            key = rows.Number(0);
            var current = key >> BlockKeys.PartBits;
            var first = current;
            var reader = new ByteReader(rows.Text(1));
            while (!reader.IsAtEnd)
            {
                current += (long)reader.ReadNumber();
                var entry = new AlbumEntry(
                    new CatalogKey(reader.ReadSigned()),
                    reader.ReadByte(),
                    BlockKeys.YearOf(reader.ReadByte()),
                    (int)reader.ReadNumber());
                if (current == name)
                {
                    albums.Add(entry);
                }
            }

            // Those of the name may begin in the block before.
            if (first != name)
            {
                return;
            }
        }
    }

    /// <summary>Adds the albums with a Universal Product Code.</summary>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public void FindUpc(long upc, List<CatalogKey> albums)
    {
        using var rows = _upc.Query(upc);
        if (!rows.Step())
        {
            return;
        }

        BlocksRead++;
        var current = rows.Number(0);
        var reader = new ByteReader(rows.Text(1));
        while (!reader.IsAtEnd && current <= upc)
        {
            current += (long)reader.ReadNumber();
            var album = new CatalogKey(reader.ReadSigned());
            if (current == upc)
            {
                albums.Add(album);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decompressor.Dispose();

    /// <summary>The tracks of an artist in the last block that has some, and the number of this block among the artist's own.</summary>
    private (ReadOnlyMemory<TrackSketch> Tracks, long Part) ReadLast(long artist)
    {
        using var rows = _artist.Query(BlockKeys.Row(artist, BlockKeys.MaxPart));
        if (!rows.Step())
        {
            return (default, 0);
        }

        var key = rows.Number(0);
        var part = key >> BlockKeys.PartBits == artist ? key & BlockKeys.MaxPart : 0;
        return (Decode(rows.Text(1)).Find(artist), part);
    }

    private ReadOnlyMemory<TrackSketch> ReadPart(long artist, long part)
    {
        var key = BlockKeys.Row(artist, part);
        using var rows = _artist.Query(key);
        return rows.Step() && rows.Number(0) == key ? Decode(rows.Text(1)).Find(artist) : throw ByteReader.Damaged();
    }

    private static void AddWanted(ReadOnlySpan<TrackSketch> block, Func<TrackSketch, bool> isWanted, List<TrackSketch> tracks)
    {
        foreach (ref readonly var track in block)
        {
            if (isWanted(track))
            {
                tracks.Add(track);
            }
        }
    }

    /// <summary>Whether all titles of a part have a higher hash.</summary>
    private static bool BeginsBehind(ReadOnlySpan<TrackSketch> part, int title)
    {
        foreach (ref readonly var track in part)
        {
            if (track.TitleHash <= title)
            {
                return false;
            }
        }

        return part.Length > 0;
    }

    private ArtistBlock Decode(ReadOnlySpan<byte> row)
    {
        BlocksRead++;
        var reader = new ByteReader(row);
        var hashLength = reader.ReadCount();
        var length = reader.ReadNumber() is var number && number <= Zstd.MaxContent ? (int)number : throw ByteReader.Damaged();
        var hashes = reader.ReadBytes(hashLength);
        if (length > _buffer.Length)
        {
            _buffer = new byte[length];
        }

        try
        {
            var fields = _buffer.AsSpan(0, length);
            return _decompressor.Unwrap(reader.ReadRest(), fields) == length
                ? ArtistBlock.Decode(hashes, fields)
                : throw ByteReader.Damaged();
        }
        catch (ZstdException)
        {
            throw ByteReader.Damaged();
        }
    }
}
