using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>Reads all records of an entity in the order of their keys, some at a time.</summary>
internal sealed class CompactScan
{
    private readonly AlbumPages _pages;
    private readonly ArtistTable _artists;
    private readonly CompactCounts _counts;
    private readonly TableKeys _artistKeys;
    private readonly TableKeys _rows;
    private readonly PairTable _albums;
    private readonly PairTable _outsideTracks;
    private readonly List<long> _keys = [];

    /// <summary>Prepares its statements.</summary>
    /// <exception cref="SqliteException">A table is missing.</exception>
    public CompactScan(Connection connection, AlbumPages pages, ArtistTable artists, CompactCounts counts)
    {
        _pages = pages;
        _artists = artists;
        _counts = counts;
        _artistKeys = new TableKeys(connection, CompactFormat.Artists);
        _rows = new TableKeys(connection, CompactFormat.Albums);
        _albums = new PairTable(connection, CompactFormat.AlbumRows);
        _outsideTracks = new PairTable(connection, CompactFormat.OutsideTracks);
    }

    /// <summary>Adds the next records after a key, without what they refer to.</summary>
    public void Read(Entity entity, long after, int maxCount, CatalogRecords records)
    {
        _keys.Clear();
        switch (entity)
        {
            case Entity.Track:
                FindTracks(after, maxCount);
                break;
            case Entity.Artist:
                for (var next = _artistKeys.After(after); next is { } key && _keys.Count < maxCount; next = _artistKeys.After(key))
                {
                    _keys.Add(key);
                }

                break;
            default:
                _albums.AddKeys(after, long.MaxValue, maxCount, _keys);
                break;
        }

        foreach (var key in CollectionsMarshal.AsSpan(_keys)[..Math.Min(maxCount, _keys.Count)])
        {
            Add(entity, new CatalogKey(key), records);
        }
    }

    /// <summary>How much of an entity there is.</summary>
    public EntityExtent Measure(Entity entity) => entity switch
    {
        Entity.Track => new(LastTrack(), _counts.Tracks),
        Entity.Artist => new(KeyOf(_artistKeys.Last()), _counts.Artists),
        _ => new(KeyOf(_albums.LastKey()), _counts.Albums),
    };

    private void Add(Entity entity, CatalogKey key, CatalogRecords records)
    {
        switch (entity)
        {
            case Entity.Track when _pages.FindTrack(key, out var index) is { } page:
                page.AddTrack(index, records);
                break;
            case Entity.Artist:
                _artists.Read(key, records);
                break;
            case Entity.Album when _pages.FindAlbum(key) is { } page:
                page.AddAlbum(records);
                break;
        }
    }

    /// <summary>
    /// Collects the keys of tracks row by row: between a row and the next lie the row's own tracks and some of those that belong to other
    /// rows.
    /// </summary>
    private void FindTracks(long after, int maxCount)
    {
        // Below 1 are rows of albums without tracks.
        var row = after >= 1 ? _rows.UpTo(after) : null;
        row = row is > 0 ? row : _rows.After(0);
        while (row is { } first && _keys.Count < maxCount)
        {
            var next = _rows.After(first);
            var below = next ?? long.MaxValue;
            var begin = _keys.Count;
            foreach (ref readonly var track in _pages.FindRow(new CatalogKey(first))!.Tracks)
            {
                if (track.Key > after && track.Key < below)
                {
                    _keys.Add(track.Key);
                }
            }

            var own = _keys.Count;
            _outsideTracks.AddKeys(Math.Max(after, first), below, int.MaxValue, _keys);
            if (_keys.Count > own)
            {
                CollectionsMarshal.AsSpan(_keys)[begin..].Sort();
            }

            row = next;
        }
    }

    private CatalogKey LastTrack()
    {
        var last = long.MinValue;
        if (_rows.Last() is { } row and > 0)
        {
            last = _pages.FindRow(new CatalogKey(row))!.Tracks[^1].Key;
        }

        return new CatalogKey(Math.Max(last, _outsideTracks.LastKey() ?? long.MinValue));
    }

    private static CatalogKey KeyOf(long? key) => key is { } value ? new CatalogKey(value) : CatalogKey.None;
}
