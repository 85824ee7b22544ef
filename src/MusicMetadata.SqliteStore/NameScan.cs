using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;





namespace MusicMetadata.SqliteStore;

/// <summary>
/// Searches names without a search index: walks all rows in the order of the answer until it has enough. Quick for common words; for a
/// rare one in the full catalog it reads everything, in random order, which takes hours.
/// </summary>
internal sealed class NameScan(Connection main)
{
    private const string Tracks = """
        SELECT
            rowid,
            name
        FROM tracks
        ORDER BY popularity DESC, rowid DESC
        """;

    private const string Artists = """
        SELECT
            rowid,
            name
        FROM artists
        ORDER BY followers_total DESC, rowid DESC
        """;

    private const string Albums = """
        SELECT
            rowid,
            name
        FROM albums
        ORDER BY popularity DESC, rowid DESC
        """;

    private readonly Statement _tracks = main.Prepare(Tracks);
    private readonly Statement _artists = main.Prepare(Artists);
    private readonly Statement _albums = main.Prepare(Albums);
    private byte[] _buffer = [];

    /// <summary>Adds the first <paramref name="limit"/> rows whose name contains a text.</summary>
    public void Find(Entity entity, string text, int limit, List<long> rowids)
    {
        var folded = NameFolding.Fold(text);
        if (folded.Length == 0)
        {
            // Nothing but marks, which no name has after folding; an empty text would be contained in every name.
            return;
        }

        var statement = entity switch
        {
            Entity.Track => _tracks,
            Entity.Artist => _artists,
            _ => _albums,
        };
        using var rows = statement.Query();
        while (rowids.Count < limit && rows.Step())
        {
            if (NameFolding.Fold(rows.Text(1), ref _buffer).IndexOf(folded) >= 0)
            {
                rowids.Add(rows.Number(0));
            }
        }
    }
}
