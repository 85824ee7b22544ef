using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Writes what <c>track_files.sqlite3</c> tells of a track.</summary>
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

    /// <summary>Writes the fields of a track's file; none when the track has no row.</summary>
    public void Write(Utf8JsonWriter json, ReadOnlySpan<byte> trackId)
    {
        using var rows = _byTrackId.Query(trackId);
        if (rows.Step())
        {
            CatalogJson.WriteTrackFile(json, new TrackFile
            {
                OriginalTitle = rows.Text(0),
                VersionTitle = rows.Text(1),
                HasLyrics = rows.IsNull(2) ? null : rows.Number(2) == 1,
                LanguagesJson = rows.Text(3),
                ArtistRolesJson = rows.Text(4),
            });
        }
    }
}
