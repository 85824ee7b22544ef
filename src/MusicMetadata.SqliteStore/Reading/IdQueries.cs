using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Finds rowids by id; each query is answered from a unique index alone.</summary>
internal sealed class IdQueries(Connection main)
{
    private const string TrackById = "SELECT rowid FROM tracks WHERE id = ?1";
    private const string ArtistById = "SELECT rowid FROM artists WHERE id = ?1";
    private const string AlbumById = "SELECT rowid FROM albums WHERE id = ?1";

    private readonly Statement _track = main.Prepare(TrackById);
    private readonly Statement _artist = main.Prepare(ArtistById);
    private readonly Statement _album = main.Prepare(AlbumById);

    /// <summary>The key of what has an id; <see cref="CatalogKey.None"/> when nothing has.</summary>
    public CatalogKey Find(Entity entity, ReadOnlySpan<byte> id)
    {
        var statement = entity switch
        {
            Entity.Track => _track,
            Entity.Artist => _artist,
            _ => _album,
        };
        using var rows = statement.Query(id);
        return rows.Step() ? new CatalogKey(rows.Number(0)) : CatalogKey.None;
    }
}
