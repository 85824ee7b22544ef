using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>The albums and artists that a reader read lately.</summary>
/// <remarks>
/// The artist of a track is nearly always its album's too, a batch names the same ones over and over, and whoever looks up one track of an
/// album mostly looks up the others next. Two halves of bounded size: when the recent one is full, the older one is emptied and they change
/// roles; what is found in the older one moves to the recent one. That keeps what is in use, without a list to maintain at each hit. A file
/// never changes while it is open, so nothing here can be out of date.
/// </remarks>
/// <param name="capacity">Bytes that each of the two halves may take.</param>
internal sealed class RecordCache(long capacity)
{
    private Half _recent = new();
    private Half _older = new();

    /// <summary>Adds an album that is kept to records; false when none is.</summary>
    public bool TryCopyAlbum(CatalogKey key, CatalogRecords records)
    {
        if (_recent.Albums.TryGetValue(key, out var index))
        {
            records.AddCopy(_recent.Records, _recent.Records.Albums[index]);
            return true;
        }

        if (_older.Albums.TryGetValue(key, out index))
        {
            records.AddCopy(_older.Records, _older.Records.Albums[index]);
            Keep(records, records.Albums[^1]);
            return true;
        }

        return false;
    }

    /// <summary>Adds an artist that is kept to records; false when none is.</summary>
    public bool TryCopyArtist(CatalogKey key, CatalogRecords records)
    {
        if (_recent.Artists.TryGetValue(key, out var index))
        {
            records.AddCopy(_recent.Records, _recent.Records.Artists[index]);
            return true;
        }

        if (_older.Artists.TryGetValue(key, out index))
        {
            records.AddCopy(_older.Records, _older.Records.Artists[index]);
            Keep(records, records.Artists[^1]);
            return true;
        }

        return false;
    }

    /// <summary>Keeps a copy of an album.</summary>
    public void Keep(CatalogRecords records, in AlbumRecord album)
    {
        MakeRoom();
        _recent.Albums[album.Key] = _recent.Records.Albums.Length;
        _recent.Records.AddCopy(records, album);
    }

    /// <summary>Keeps a copy of an artist.</summary>
    public void Keep(CatalogRecords records, in ArtistRecord artist)
    {
        MakeRoom();
        _recent.Artists[artist.Key] = _recent.Records.Artists.Length;
        _recent.Records.AddCopy(records, artist);
    }

    private void MakeRoom()
    {
        if (_recent.Records.Size > capacity)
        {
            (_recent, _older) = (_older, _recent);
            _recent.Clear();
        }
    }

    private sealed class Half
    {
        public CatalogRecords Records { get; } = new();

        public Dictionary<CatalogKey, int> Albums { get; } = [];

        public Dictionary<CatalogKey, int> Artists { get; } = [];

        public void Clear()
        {
            Records.Clear();
            Albums.Clear();
            Artists.Clear();
        }
    }
}
