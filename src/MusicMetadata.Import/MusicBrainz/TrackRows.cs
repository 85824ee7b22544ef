using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// The rows of tracks: <c>tracks</c>, <c>track_artists</c>, <c>musicbrainz_recordings</c> and <c>musicbrainz_isrcs</c>. They come release
/// by release, so that those of an album lie beside each other, and are numbered as they come.
/// </summary>
internal sealed class TrackRows
{
    private readonly RowInsert _tracks;
    private readonly RowInsert _trackArtists;
    private readonly RowInsert _recordings;
    private readonly RowInsert _isrcs;

    /// <summary>Prepares the statements.</summary>
    public TrackRows(CatalogFile file, long fetchedAt)
    {
        _tracks = file.Insert("tracks");
        _trackArtists = file.Insert("track_artists");
        _recordings = file.Insert("musicbrainz_recordings");
        _isrcs = file.Insert("musicbrainz_isrcs");
        _tracks.Bind(3, fetchedAt);
        _tracks.BindNull(5);
        _tracks.BindNull(9);
        _tracks.BindNull(10);
        _tracks.Bind(12, CatalogRows.MarketsRowid);
        _tracks.Bind(15, 0);
    }

    /// <summary>How many have been added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a track.</summary>
    /// <param name="release">The number of its release.</param>
    /// <param name="fields">What is known of it, as <see cref="Recordings"/> put it together.</param>
    /// <param name="credits">Who is credited.</param>
    /// <param name="artists">Is told its artists.</param>
    public void Write(int release, RecordFields fields, ArtistCredits credits, List<int> artists)
    {
        Span<byte> id = stackalloc byte[Mbid.IdLength];
        Count++;
        var (disc, position) = (fields.TakeNumber(), fields.TakeNumber());
        _ = fields.TakeNumber();
        Mbid.WriteId(fields.TakeMbid(), id);
        var (credit, length, popularity) = (fields.TakeNumber(), fields.TakeNumber(), fields.TakeByte());
        var (hasRecording, recording) = (fields.TakeByte() != 0, fields.TakeMbid());
        var isrcs = new RecordFields(fields.TakeText());
        _tracks.Bind(1, Count);
        _tracks.Bind(2, id);
        _tracks.Bind(4, fields.Rest);
        _tracks.Bind(6, release);
        _tracks.Bind(7, position);
        if (isrcs.Rest.IsEmpty)
        {
            _tracks.BindNull(8);
        }
        else
        {
            _tracks.Bind(8, isrcs.TakeText());
        }

        _tracks.Bind(11, popularity);
        _tracks.Bind(13, disc);
        _tracks.Bind(14, length);
        _tracks.Execute();

        _trackArtists.Bind(1, Count);
        foreach (var artist in credits.Of(credit))
        {
            artists.Add(artist);
            _trackArtists.Bind(2, artist);
            _trackArtists.Execute();
        }

        if (hasRecording)
        {
            Mbid.WriteId(recording, id);
            _recordings.Bind(1, Count);
            _recordings.Bind(2, id);
            _recordings.Execute();
        }

        _isrcs.Bind(1, Count);
        while (!isrcs.Rest.IsEmpty)
        {
            _isrcs.Bind(2, isrcs.TakeText());
            _isrcs.Execute();
        }
    }
}
