using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Compact.Building;

/// <summary>Reads a catalog of any store in pieces of which records are made.</summary>
/// <param name="reader">A reader of the store.</param>
internal sealed class CatalogSource(ICatalogReader reader)
{
    private readonly CatalogRecords _scanned = new();
    private readonly KeyLists _lists = new();
    private readonly CatalogKey[] _one = new CatalogKey[1];
    private CatalogKey[] _tracks = [];

    /// <summary>The keys of the tracks of the album that was read or looked for last, in their order.</summary>
    public ReadOnlyMemory<CatalogKey> Tracks => _tracks;

    /// <summary>How much of an entity there is.</summary>
    public ValueTask<EntityExtent> MeasureAsync(Entity entity) => reader.MeasureAsync(entity);

    /// <summary>Keys, evenly from all over an entity, to read behind.</summary>
    public async IAsyncEnumerable<CatalogKey> PlacesAsync(Entity entity, int count)
    {
        var last = (await reader.MeasureAsync(entity)).LastKey;
        if (last.IsNone)
        {
            yield break;
        }

        yield return CatalogKey.None;
        for (var i = 1; i < count && last.Value >= count; i++)
        {
            yield return new CatalogKey((long)((Int128)last.Value * i / count));
        }
    }

    /// <summary>Reads the keys of the next tracks and of their albums; empty when there are no more.</summary>
    public async Task<(CatalogKey Track, CatalogKey Album)[]> TracksAfterAsync(CatalogKey after, int count)
    {
        _scanned.Clear();
        await reader.ScanAsync(Entity.Track, after, count, ScanFields.Match, _scanned);
        return Array.ConvertAll(_scanned.Tracks.ToArray(), track => (track.Key, track.Album));
    }

    /// <summary>Reads the keys of the albums of the next tracks, each once.</summary>
    public async Task<CatalogKey[]> AlbumsAfterAsync(CatalogKey after, int tracks) =>
        [.. (await TracksAfterAsync(after, tracks)).Select(track => track.Album).Distinct()];

    /// <summary>Reads the keys of the next albums; empty when there are no more.</summary>
    public async Task<CatalogKey[]> NextAlbumsAsync(CatalogKey after, int count)
    {
        _scanned.Clear();
        await reader.ScanAsync(Entity.Album, after, count, ScanFields.Names, _scanned);
        return Array.ConvertAll(_scanned.Albums.ToArray(), album => album.Key);
    }

    /// <summary>Finds the tracks of an album; returns the lowest key, or 0 when there are none.</summary>
    public async Task<long> FindTracksAsync(CatalogKey album)
    {
        _lists.Clear();
        _one[0] = album;
        await reader.FindTracksOfAlbumsAsync(_one, _lists);
        _tracks = _lists[0].ToArray();
        Array.Sort(_tracks);
        return _tracks.Length == 0 ? 0 : _tracks[0].Value;
    }

    /// <summary>Reads an album, if it exists, with its tracks, which have been looked for, and their artists.</summary>
    public async Task ReadAlbumAsync(CatalogKey album, CatalogRecords records)
    {
        records.Clear();
        await reader.ReadAsync(Entity.Track, _tracks, withAlbums: true, records);
        if (records.IdsAreMbids)
        {
            throw new OperatorException(
                "The catalog was made from MusicBrainz, whose recordings a compact catalog cannot hold. Serve its two files.");
        }

        if (records.Tracks.Length != _tracks.Length)
        {
            throw new CatalogException(CatalogFault.Unreadable, "The catalog could not be read.", "The catalog changed while it was read");
        }

        if (_tracks.Length == 0)
        {
            _one[0] = album;
            await reader.ReadAsync(Entity.Album, _one, withAlbums: false, records);
        }
    }

    /// <summary>Reads the next artists; returns their keys, of which there are none at the end.</summary>
    public async Task<CatalogKey[]> ReadArtistsAsync(CatalogKey after, int count, CatalogRecords records)
    {
        _scanned.Clear();
        await reader.ScanAsync(Entity.Artist, after, count, ScanFields.Names, _scanned);
        var keys = Array.ConvertAll(_scanned.Artists.ToArray(), artist => artist.Key);
        records.Clear();
        await reader.ReadAsync(Entity.Artist, keys, withAlbums: false, records);
        return keys;
    }
}
