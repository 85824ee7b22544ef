using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Postgres.Reading;

/// <summary>Reads the records of ids or keys with all that they refer to, by one statement.</summary>
internal sealed class RecordStatements(Session session)
{
    /// <inheritdoc cref="ICatalogReader.LookUpAsync"/>
    public async ValueTask LookUpAsync(
        Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
    {
        var found = await RunAsync(entity, byId: true, PostgresText.Array(ids.Span), withAlbums);
        var byId = found.ToDictionary(one => one.Id, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            var one = byId.GetValueOrDefault(ids.Span[i]);
            keys.Span[i] = one?.Key ?? CatalogKey.None;
            one?.AddTo(records);
        }
    }

    /// <inheritdoc cref="ICatalogReader.ReadAsync"/>
    public async ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
    {
        if (keys.IsEmpty)
        {
            return;
        }

        var found = await RunAsync(entity, byId: false, PostgresText.Array(keys.Span), withAlbums);
        var byKey = found.ToDictionary(one => one.Key);
        foreach (var key in keys.Span)
        {
            byKey.GetValueOrDefault(key)?.AddTo(records);
        }
    }

    private async ValueTask<List<Found>> RunAsync(Entity entity, bool byId, string wanted, bool withAlbums)
    {
        var rows = new List<Found>();
        switch (entity)
        {
            case Entity.Track when withAlbums:
                await session.RunAsync(
                    byId ? Statements.TracksWithAlbumsById : Statements.TracksWithAlbumsByKey, [wanted], rows,
                    row => new FoundTrack(
                        TrackRow.Read(row), AlbumRow.Read(row, TrackRow.ColumnCount + 1), ArtistRow.ReadAll(row, TrackRow.ColumnCount)));
                break;
            case Entity.Track:
                await session.RunAsync(
                    byId ? Statements.TracksById : Statements.TracksByKey, [wanted], rows,
                    row => new FoundTrack(TrackRow.Read(row), null, ArtistRow.ReadAll(row, TrackRow.ColumnCount)));
                break;
            case Entity.Album:
                await session.RunAsync(
                    byId ? Statements.AlbumsById : Statements.AlbumsByKey, [wanted], rows,
                    row => new FoundAlbum(AlbumRow.Read(row, 0)!, ArtistRow.ReadAll(row, AlbumRow.ColumnCount)));
                break;
            default:
                await session.RunAsync(
                    byId ? Statements.ArtistsById : Statements.ArtistsByKey, [wanted], rows,
                    row => new FoundArtist(ArtistRow.Read(row, 0)));
                break;
        }

        return rows;
    }

    /// <summary>What a row of one of the statements is.</summary>
    private abstract class Found
    {
        public abstract string Id { get; }

        public abstract CatalogKey Key { get; }

        public abstract void AddTo(CatalogRecords records);
    }

    private sealed class FoundTrack(TrackRow track, AlbumRow? album, ArtistRow[] artists) : Found
    {
        public override string Id => track.Id;

        public override CatalogKey Key => track.Key;

        public override void AddTo(CatalogRecords records)
        {
            album?.AddTo(records);
            AddAll(artists, records);
            track.AddTo(records);
        }
    }

    private sealed class FoundAlbum(AlbumRow album, ArtistRow[] artists) : Found
    {
        public override string Id => album.Id;

        public override CatalogKey Key => album.Key;

        public override void AddTo(CatalogRecords records)
        {
            album.AddTo(records);
            AddAll(artists, records);
        }
    }

    private sealed class FoundArtist(ArtistRow artist) : Found
    {
        public override string Id => artist.Id;

        public override CatalogKey Key => artist.Key;

        public override void AddTo(CatalogRecords records) => artist.AddTo(records);
    }

    private static void AddAll(ArtistRow[] artists, CatalogRecords records)
    {
        foreach (var artist in artists)
        {
            artist.AddTo(records);
        }
    }
}
