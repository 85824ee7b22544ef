using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Evaluation;

/// <summary>Counts what is read of the catalog.</summary>
internal sealed class CountingReader(ICatalogReader reader) : ICatalogReader
{
    /// <summary>Searches by code or album, names, and records: about a page each that is not in the inner parts of a tree.</summary>
    public int Reads { get; set; }

    public ValueTask FindAsync(Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys) => reader.FindAsync(entity, ids, keys);

    public ValueTask FindTracksOfAlbumsAsync(ReadOnlyMemory<CatalogKey> albums, KeyLists tracks)
    {
        Reads += albums.Length;
        return reader.FindTracksOfAlbumsAsync(albums, tracks);
    }

    public ValueTask<bool> TryFindAlbumsOfArtistsAsync(ReadOnlyMemory<CatalogKey> artists, AlbumGroups groups, KeyLists albums) =>
        reader.TryFindAlbumsOfArtistsAsync(artists, groups, albums);

    public ValueTask FindTracksByIsrcAsync(ReadOnlyMemory<string> isrcs, KeyLists tracks)
    {
        Reads += isrcs.Length;
        return reader.FindTracksByIsrcAsync(isrcs, tracks);
    }

    public ValueTask FindTracksOfRecordingsAsync(ReadOnlyMemory<string> recordings, KeyLists tracks) =>
        reader.FindTracksOfRecordingsAsync(recordings, tracks);

    public ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
    {
        Reads += keys.Length;
        return reader.ReadAsync(entity, keys, withAlbums, records);
    }

    public ValueTask ReadMarketListsAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, Memory<long> lists) =>
        reader.ReadMarketListsAsync(entity, keys, lists);

    public ValueTask ScanMarketListsAsync(MarketListVisitor visit) => reader.ScanMarketListsAsync(visit);

    public ValueTask ReadNamesAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, NameVisitor visit)
    {
        Reads += keys.Length;
        return reader.ReadNamesAsync(entity, keys, visit);
    }

    public ValueTask ScanNamesAsync(Entity entity, NameVisitor visit) => reader.ScanNamesAsync(entity, visit);

    public ValueTask ScanAsync(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records) =>
        reader.ScanAsync(entity, after, maxCount, fields, records);

    public ValueTask<EntityExtent> MeasureAsync(Entity entity) => reader.MeasureAsync(entity);

    public void Dispose() => reader.Dispose();
}
