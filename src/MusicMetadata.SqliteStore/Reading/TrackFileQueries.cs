using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Reads what <c>track_files.sqlite3</c> tells of a track.</summary>
internal sealed class TrackFileQueries(Connection files)
{
    private const string ByTrackId = """
        SELECT
            original_title,
            version_title,
            has_lyrics,
            language_of_performance,
            artist_roles
        FROM track_files
        WHERE track_id = ?1
        """;

    private readonly Statement _byTrackId = files.Prepare(ByTrackId);

    /// <summary>Fills in what the file of a track tells; nothing when the track has no row.</summary>
    public void Read(ref TrackRecord track, CatalogRecords records)
    {
        using var rows = _byTrackId.Query(records.Text(track.Id));
        if (rows.Step())
        {
            track.OriginalTitle = records.AddText(rows.Text(0));
            track.VersionTitle = records.AddText(rows.Text(1));
            track.HasLyrics = rows.IsNull(2) ? null : rows.Number(2) == 1;
            track.Languages = StringArray.Read(rows.Text(3), records);
            track.ArtistRoles = StringArray.Read(rows.Text(4), records);
        }
    }
}
