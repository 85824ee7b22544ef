using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Finds and reads what only a catalog made from MusicBrainz has, whose ids are MBIDs.</summary>
internal sealed class MusicBrainzQueries
{
    private const string RecordingOfTrack = """
        SELECT
            recording_id
        FROM musicbrainz_recordings
        WHERE track_rowid = ?1
        """;

    private const string TracksOfRecording = """
        SELECT
            tracks.rowid
        FROM musicbrainz_recordings
        CROSS JOIN tracks ON tracks.rowid = track_rowid
        WHERE recording_id = ?1
        ORDER BY popularity DESC, tracks.rowid
        """;

    /// <summary>The first ISRC of a track stands in its row, the others in a table.</summary>
    private const string TracksByIsrc = """
        SELECT
            rowid
        FROM tracks
        WHERE rowid IN (
            SELECT rowid FROM tracks WHERE external_id_isrc = ?1
            UNION ALL
            SELECT track_rowid FROM musicbrainz_isrcs WHERE isrc = ?1)
        ORDER BY popularity DESC, rowid
        """;

    private const string CurrentId = """
        SELECT
            current_id
        FROM musicbrainz_redirects
        WHERE id = ?1
        """;

    private readonly Statement _recordingOfTrack;
    private readonly Statement _tracksOfRecording;
    private readonly Statement _tracksByIsrc;
    private readonly Statement _currentId;

    private MusicBrainzQueries(Connection main)
    {
        _recordingOfTrack = main.Prepare(RecordingOfTrack);
        _tracksOfRecording = main.Prepare(TracksOfRecording);
        _tracksByIsrc = main.Prepare(TracksByIsrc);
        _currentId = main.Prepare(CurrentId);
    }

    /// <summary>Prepares the statements; null for any other catalog.</summary>
    /// <exception cref="SqliteException">A statement does not compile.</exception>
    public static MusicBrainzQueries? TryPrepare(Connection main) =>
        main.QueryText($"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '{CatalogSchema.MusicBrainz[0].Name}'") is null
            ? null
            : new MusicBrainzQueries(main);

    /// <summary>An id as it stands in the catalog, of one that may be written as a UUID.</summary>
    /// <param name="id">The id as it was given.</param>
    /// <param name="buffer">Takes an id that is not the one that was given.</param>
    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> id, Span<byte> buffer)
    {
        if (!Mbid.TryReadUuid(id, out var mbid))
        {
            return id;
        }

        Mbid.WriteId(mbid, buffer);
        return buffer[..Mbid.IdLength];
    }

    /// <summary>The id of what something was merged into; empty when it was not merged.</summary>
    /// <param name="id">An id that nothing has.</param>
    /// <param name="buffer">Takes the id.</param>
    public ReadOnlySpan<byte> FindCurrent(ReadOnlySpan<byte> id, Span<byte> buffer)
    {
        using var rows = _currentId.Query(id);
        if (!rows.Step() || rows.Text(0).Length > buffer.Length)
        {
            return [];
        }

        rows.Text(0).CopyTo(buffer);
        return buffer[..rows.Text(0).Length];
    }

    /// <summary>Adds the tracks of a recording, most popular first, then by rowid.</summary>
    public void FindOfRecording(ReadOnlySpan<byte> recording, KeyLists tracks)
    {
        using var rows = _tracksOfRecording.Query(recording);
        TrackQueries.AddAll(rows, tracks);
    }

    /// <summary>Adds the tracks with exactly this ISRC among theirs, most popular first, then by rowid.</summary>
    public void FindByIsrc(ReadOnlySpan<byte> isrc, KeyLists tracks)
    {
        using var rows = _tracksByIsrc.Query(isrc);
        TrackQueries.AddAll(rows, tracks);
    }

    /// <summary>Fills in the recording of a track.</summary>
    public void Read(ref TrackRecord track, CatalogRecords records)
    {
        using var rows = _recordingOfTrack.Query(track.Key.Value);
        if (rows.Step())
        {
            track.RecordingId = records.AddText(rows.Text(0));
        }
    }
}
