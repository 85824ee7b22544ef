using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Postgres.Building;

/// <summary>Reads a catalog of any store in pieces, and writes each as rows.</summary>
internal sealed class CatalogPieces(ICatalogReader reader)
{
    private const int KeysAtOnce = 1_000;

    private readonly CatalogRecords _scanned = new();
    private readonly CatalogRecords _records = new();
    private readonly KeyLists _own = new();
    private readonly KeyLists _guest = new();

    /// <summary>Writes the next records after a key, and the albums of artists.</summary>
    /// <param name="entity">What to read.</param>
    /// <param name="after">The last key that was read; <see cref="CatalogKey.None"/> to begin.</param>
    /// <param name="rows">Takes the rows of the entity.</param>
    /// <param name="links">Takes the rows of <c>artist_album</c>.</param>
    /// <returns>The last key; none when there are no more.</returns>
    public async Task<CatalogKey> WriteNextAsync(Entity entity, CatalogKey after, CopyWriter rows, CopyWriter links)
    {
        _scanned.Clear();
        await reader.ScanAsync(entity, after, KeysAtOnce, ScanFields.Names, _scanned);
        var keys = entity switch
        {
            Entity.Track => Array.ConvertAll(_scanned.Tracks.ToArray(), track => track.Key),
            Entity.Album => Array.ConvertAll(_scanned.Albums.ToArray(), album => album.Key),
            _ => Array.ConvertAll(_scanned.Artists.ToArray(), artist => artist.Key),
        };
        if (keys.Length == 0)
        {
            return CatalogKey.None;
        }

        _records.Clear();
        await reader.ReadAsync(entity, keys, withAlbums: false, _records);
        if (_records.IdsAreMbids)
        {
            throw new OperatorException(
                "The catalog was made from MusicBrainz, whose recordings the tables in PostgreSQL cannot hold. Serve its two files.");
        }

        switch (entity)
        {
            case Entity.Track:
                WriteTracks(rows);
                break;
            case Entity.Album:
                WriteAlbums(rows);
                break;
            default:
                WriteArtists(rows);
                await WriteAlbumsOfAsync(keys, links);
                break;
        }

        return keys[^1];
    }

    private void WriteTracks(CopyWriter rows)
    {
        foreach (ref readonly var track in _records.Tracks)
        {
            EntityRows.Write(rows, track, _records);
        }
    }

    private void WriteAlbums(CopyWriter rows)
    {
        foreach (ref readonly var album in _records.Albums)
        {
            EntityRows.Write(rows, album, _records);
        }
    }

    private void WriteArtists(CopyWriter rows)
    {
        foreach (ref readonly var artist in _records.Artists)
        {
            EntityRows.Write(rows, artist, _records);
        }
    }

    private async Task WriteAlbumsOfAsync(CatalogKey[] artists, CopyWriter links)
    {
        _own.Clear();
        _guest.Clear();
        const AlbumGroups OwnGroups = AlbumGroups.Albums | AlbumGroups.Singles | AlbumGroups.Compilations;
        if (!await reader.TryFindAlbumsOfArtistsAsync(artists, OwnGroups, _own)
            || !await reader.TryFindAlbumsOfArtistsAsync(artists, AlbumGroups.AppearsOn, _guest))
        {
            throw new OperatorException("The catalog does not keep the albums of artists. Load it from its two files.");
        }

        for (var i = 0; i < artists.Length; i++)
        {
            WriteLinks(artists[i], _own[i].Span, isGuest: false, links);
            WriteLinks(artists[i], _guest[i].Span, isGuest: true, links);
        }
    }

    private static void WriteLinks(CatalogKey artist, ReadOnlySpan<CatalogKey> albums, bool isGuest, CopyWriter links)
    {
        foreach (var album in albums)
        {
            links.BeginRow(3);
            links.Integer(artist.Value);
            links.Integer(album.Value);
            links.Boolean(isGuest);
        }
    }
}
