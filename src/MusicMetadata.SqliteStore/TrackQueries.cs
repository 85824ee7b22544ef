using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Finds and writes tracks.</summary>
internal sealed class TrackQueries(Connection main, TrackFileQueries? files, AlbumQueries albums, ArtistQueries artists)
{
    private const string ByRowid = """
        SELECT
            id,
            name,
            external_id_isrc,
            duration_ms,
            explicit,
            track_number,
            disc_number,
            popularity,
            preview_url,
            album_rowid
        FROM tracks
        WHERE rowid = ?1
        """;

    private const string OfAlbum = """
        SELECT
            rowid
        FROM tracks
        WHERE album_rowid = ?1
        ORDER BY disc_number, track_number, rowid
        """;

    private const string ByIsrc = """
        SELECT
            rowid
        FROM tracks
        WHERE external_id_isrc = ?1
        ORDER BY popularity DESC, rowid
        """;

    private const string Artists = """
        SELECT
            artist_rowid
        FROM track_artists
        WHERE track_rowid = ?1
        ORDER BY rowid
        """;

    private readonly Statement _byRowid = main.Prepare(ByRowid);
    private readonly Statement _ofAlbum = main.Prepare(OfAlbum);
    private readonly Statement _byIsrc = main.Prepare(ByIsrc);
    private readonly Statement _artists = main.Prepare(Artists);
    private readonly List<long> _credits = [];

    /// <summary>Adds an album's tracks by disc, then track number.</summary>
    public void FindOfAlbum(long album, List<long> rowids)
    {
        using var rows = _ofAlbum.Query(album);
        AddAll(rows, rowids);
    }

    /// <summary>Adds the tracks with exactly this ISRC, most popular first, then by rowid.</summary>
    public void FindByIsrc(ReadOnlySpan<byte> isrc, List<long> rowids)
    {
        using var rows = _byIsrc.Query(isrc);
        AddAll(rows, rowids);
    }

    /// <summary>Writes a track; false, with nothing written, when there is none.</summary>
    public bool Write(Utf8JsonWriter json, long rowid, bool withAlbum)
    {
        // The row stays open until its id has been used for the file: asking for it again would cost more than an open statement.
        using var rows = _byRowid.Query(rowid);
        if (!rows.Step())
        {
            return false;
        }

        CatalogJson.BeginTrack(json, new Track
        {
            Id = rows.Text(0),
            Name = rows.Text(1),
            Isrc = rows.Text(2),
            DurationMs = rows.Number(3),
            Explicit = rows.Number(4) != 0,
            TrackNumber = rows.Number(5),
            DiscNumber = rows.Number(6),
            Popularity = rows.Number(7),
            PreviewUrl = rows.Text(8),
        });
        if (withAlbum && albums.TryRead(rows.Number(9), out var album))
        {
            CatalogJson.BeginAlbumOfTrack(json);
            json.WriteRawValue(album, skipInputValidation: true);
        }

        _credits.Clear();
        using (var credits = _artists.Query(rowid))
        {
            AddAll(credits, _credits);
        }

        artists.WriteArray(json, _credits);
        files?.Write(json, rows.Text(0));
        json.WriteEndObject();
        return true;
    }

    private static void AddAll(Statement.Rows rows, List<long> rowids)
    {
        while (rows.Step())
        {
            rowids.Add(rows.Number(0));
        }
    }
}
