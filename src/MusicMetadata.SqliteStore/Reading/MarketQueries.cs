using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Reads where tracks and albums may be heard.</summary>
internal sealed class MarketQueries(Connection main)
{
    private const string OfTrack = "SELECT available_markets_rowid FROM tracks WHERE rowid = ?1";
    private const string OfAlbum = "SELECT available_markets_rowid FROM albums WHERE rowid = ?1";

    private const string All = """
        SELECT
            rowid,
            available_markets
        FROM available_markets
        """;

    private readonly Statement _ofTrack = main.Prepare(OfTrack);
    private readonly Statement _ofAlbum = main.Prepare(OfAlbum);
    private readonly Statement _all = main.Prepare(All);

    /// <summary>Reads the rowids of the lists of tracks or albums; 0 for rows that do not exist.</summary>
    public void Read(Entity entity, ReadOnlySpan<CatalogKey> keys, Span<long> lists)
    {
        var statement = entity == Entity.Track ? _ofTrack : _ofAlbum;
        for (var i = 0; i < keys.Length; i++)
        {
            using var rows = statement.Query(keys[i].Value);
            lists[i] = rows.Step() ? rows.Number(0) : 0;
        }
    }

    /// <summary>Shows all lists.</summary>
    public void Scan(MarketListVisitor visit)
    {
        using var rows = _all.Query();
        while (rows.Step())
        {
            visit(rows.Number(0), rows.Text(1));
        }
    }
}
