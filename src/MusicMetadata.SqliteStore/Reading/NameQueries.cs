using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Reads names: those of given rows, or all in the order of search results.</summary>
internal sealed class NameQueries(Connection main)
{
    private const string Track = "SELECT name FROM tracks WHERE rowid = ?1";
    private const string Artist = "SELECT name FROM artists WHERE rowid = ?1";
    private const string Album = "SELECT name FROM albums WHERE rowid = ?1";

    private const string AllTracks = """
        SELECT
            rowid,
            name
        FROM tracks
        ORDER BY popularity DESC, rowid DESC
        """;

    private const string AllArtists = """
        SELECT
            rowid,
            name
        FROM artists
        ORDER BY followers_total DESC, rowid DESC
        """;

    private const string AllAlbums = """
        SELECT
            rowid,
            name
        FROM albums
        ORDER BY popularity DESC, rowid DESC
        """;

    private readonly Statement _track = main.Prepare(Track);
    private readonly Statement _artist = main.Prepare(Artist);
    private readonly Statement _album = main.Prepare(Album);
    private readonly Statement _allTracks = main.Prepare(AllTracks);
    private readonly Statement _allArtists = main.Prepare(AllArtists);
    private readonly Statement _allAlbums = main.Prepare(AllAlbums);

    /// <summary>Shows the names of rows, until one is enough.</summary>
    public void Read(Entity entity, ReadOnlySpan<CatalogKey> keys, NameVisitor visit)
    {
        var statement = entity switch
        {
            Entity.Track => _track,
            Entity.Artist => _artist,
            _ => _album,
        };
        foreach (var key in keys)
        {
            using var rows = statement.Query(key.Value);
            if (rows.Step() && !visit(key, rows.Text(0)))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Shows all names in the order of search results, until one is enough: quick for common words; for a rare one in the full catalog it
    /// reads everything, in random order, which takes hours.
    /// </summary>
    public void Scan(Entity entity, NameVisitor visit)
    {
        var statement = entity switch
        {
            Entity.Track => _allTracks,
            Entity.Artist => _allArtists,
            _ => _allAlbums,
        };
        using var rows = statement.Query();
        while (rows.Step() && visit(new CatalogKey(rows.Number(0)), rows.Text(1)))
        {
        }
    }
}
