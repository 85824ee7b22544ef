using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;





namespace MusicMetadata.SqliteStore;

/// <summary>Confirms what a search index proposes, by the name itself.</summary>
internal sealed class NameCheck(Connection main)
{
    private const string Track = "SELECT name FROM tracks WHERE rowid = ?1";
    private const string Artist = "SELECT name FROM artists WHERE rowid = ?1";
    private const string Album = "SELECT name FROM albums WHERE rowid = ?1";

    private readonly Statement _track = main.Prepare(Track);
    private readonly Statement _artist = main.Prepare(Artist);
    private readonly Statement _album = main.Prepare(Album);
    private byte[] _buffer = [];

    /// <summary>Whether the name of a row contains a folded text.</summary>
    public bool Contains(Entity entity, long rowid, ReadOnlySpan<byte> folded)
    {
        var statement = entity switch
        {
            Entity.Track => _track,
            Entity.Artist => _artist,
            _ => _album,
        };
        using var rows = statement.Query(rowid);
        return rows.Step() && NameFolding.Fold(rows.Text(0), ref _buffer).IndexOf(folded) >= 0;
    }
}
