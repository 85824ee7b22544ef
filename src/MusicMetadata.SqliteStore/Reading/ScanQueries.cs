using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>
/// Walks over whole tables in the order of their rowids. Credits come from one walk over their index beside the table's, not from a query
/// for each row.
/// </summary>
internal sealed class ScanQueries(Connection main)
{
    /// <summary>How much is added at once, roughly: names may be as long as they like.</summary>
    private const long MaxBytes = 4 << 20;

    private const string TrackNames = """
        SELECT
            rowid,
            name,
            popularity
        FROM tracks
        WHERE rowid > ?1
        ORDER BY rowid
        """;

    private const string Tracks = """
        SELECT
            rowid,
            name,
            popularity,
            duration_ms,
            explicit,
            track_number,
            disc_number,
            external_id_isrc,
            album_rowid
        FROM tracks
        WHERE rowid > ?1
        ORDER BY rowid
        """;

    private const string TrackArtists = """
        SELECT
            track_rowid,
            artist_rowid
        FROM track_artists
        WHERE track_rowid > ?1
        ORDER BY track_rowid, rowid
        """;

    private const string AlbumNames = """
        SELECT
            rowid,
            name,
            popularity
        FROM albums
        WHERE rowid > ?1
        ORDER BY rowid
        """;

    private const string Albums = """
        SELECT
            rowid,
            name,
            popularity,
            album_type,
            release_date,
            external_id_upc,
            total_tracks
        FROM albums
        WHERE rowid > ?1
        ORDER BY rowid
        """;

    private const string AlbumArtists = """
        SELECT
            album_rowid,
            artist_rowid,
            index_in_album
        FROM artist_albums
        WHERE album_rowid > ?1 AND index_in_album IS NOT NULL
        ORDER BY album_rowid, rowid
        """;

    private const string Artists = """
        SELECT
            rowid,
            name,
            followers_total,
            popularity
        FROM artists
        WHERE rowid > ?1
        ORDER BY rowid
        """;

    private readonly Statement _trackNames = main.Prepare(TrackNames);
    private readonly Statement _tracks = main.Prepare(Tracks);
    private readonly Statement _trackArtists = main.Prepare(TrackArtists);
    private readonly Statement _albumNames = main.Prepare(AlbumNames);
    private readonly Statement _albums = main.Prepare(Albums);
    private readonly Statement _albumArtists = main.Prepare(AlbumArtists);
    private readonly Statement _artists = main.Prepare(Artists);
    private readonly Statement _lastTrack = main.Prepare("SELECT max(rowid) FROM tracks");
    private readonly Statement _lastAlbum = main.Prepare("SELECT max(rowid) FROM albums");
    private readonly Statement _lastArtist = main.Prepare("SELECT max(rowid) FROM artists");
    private readonly List<CatalogKey> _trackCredits = [];
    private readonly AlbumCredits _albumCredits = new();

    /// <inheritdoc cref="ICatalogReader.ScanAsync"/>
    public void Scan(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records)
    {
        var maxSize = records.Size + MaxBytes;
        switch (entity, fields)
        {
            case (Entity.Track, ScanFields.Names):
                ScanTrackNames(after.Value, maxCount, maxSize, records);
                break;
            case (Entity.Track, _):
                ScanTracks(after.Value, maxCount, maxSize, records);
                break;
            case (Entity.Album, ScanFields.Names):
                ScanAlbumNames(after.Value, maxCount, maxSize, records);
                break;
            case (Entity.Album, _):
                ScanAlbums(after.Value, maxCount, maxSize, records);
                break;
            default:
                ScanArtists(after.Value, maxCount, maxSize, records);
                break;
        }
    }

    /// <summary>The highest rowid. Counting the rows would read a whole index.</summary>
    public EntityExtent Measure(Entity entity)
    {
        var statement = entity switch
        {
            Entity.Track => _lastTrack,
            Entity.Artist => _lastArtist,
            _ => _lastAlbum,
        };
        using var rows = statement.Query();
        return rows.Step() && !rows.IsNull(0)
            ? new EntityExtent(new CatalogKey(rows.Number(0)), Math.Max(1, rows.Number(0)))
            : new EntityExtent(CatalogKey.None, 0);
    }

    private void ScanTrackNames(long after, int maxCount, long maxSize, CatalogRecords records)
    {
        using var rows = _trackNames.Query(after);
        for (var count = 0; count < maxCount && records.Size < maxSize && rows.Step(); count++)
        {
            records.Add(new TrackRecord
            {
                Key = new CatalogKey(rows.Number(0)),
                Name = records.AddText(rows.Text(1)),
                Popularity = rows.Number(2),
            });
        }
    }

    private void ScanTracks(long after, int maxCount, long maxSize, CatalogRecords records)
    {
        using var credits = _trackArtists.Query(after);
        using var rows = _tracks.Query(after);
        var isCredit = credits.Step();
        for (var count = 0; count < maxCount && records.Size < maxSize && rows.Step(); count++)
        {
            var rowid = rows.Number(0);
            _trackCredits.Clear();
            for (; isCredit && credits.Number(0) <= rowid; isCredit = credits.Step())
            {
                // Credits of tracks that are not there lie between those of others.
                if (credits.Number(0) == rowid)
                {
                    _trackCredits.Add(new CatalogKey(credits.Number(1)));
                }
            }

            records.Add(new TrackRecord
            {
                Key = new CatalogKey(rowid),
                Name = records.AddText(rows.Text(1)),
                Popularity = rows.Number(2),
                DurationMs = rows.Number(3),
                Explicit = rows.Number(4) != 0,
                TrackNumber = rows.Number(5),
                DiscNumber = rows.Number(6),
                Isrc = records.AddText(rows.Text(7)),
                Album = new CatalogKey(rows.Number(8)),
                Artists = records.AddCredits(CollectionsMarshal.AsSpan(_trackCredits)),
            });
        }
    }

    private void ScanAlbumNames(long after, int maxCount, long maxSize, CatalogRecords records)
    {
        using var rows = _albumNames.Query(after);
        for (var count = 0; count < maxCount && records.Size < maxSize && rows.Step(); count++)
        {
            var text = records.BeginText();
            var album = new AlbumRecord
            {
                Key = new CatalogKey(rows.Number(0)),
                Name = records.AddText(rows.Text(1)),
                Popularity = rows.Number(2),
            };
            records.Add(album, text);
        }
    }

    private void ScanAlbums(long after, int maxCount, long maxSize, CatalogRecords records)
    {
        using var credits = _albumArtists.Query(after);
        using var rows = _albums.Query(after);
        var isCredit = credits.Step();
        for (var count = 0; count < maxCount && records.Size < maxSize && rows.Step(); count++)
        {
            var rowid = rows.Number(0);
            for (; isCredit && credits.Number(0) <= rowid; isCredit = credits.Step())
            {
                if (credits.Number(0) == rowid)
                {
                    _albumCredits.Add(credits.Number(2), new CatalogKey(credits.Number(1)));
                }
            }

            var text = records.BeginText();
            var album = new AlbumRecord
            {
                Key = new CatalogKey(rowid),
                Name = records.AddText(rows.Text(1)),
                Popularity = rows.Number(2),
                Type = records.AddText(rows.Text(3)),
                ReleaseDate = records.AddText(rows.Text(4)),
                Upc = records.AddText(rows.Text(5)),
                TotalTracks = rows.Number(6),
                Artists = _albumCredits.MoveTo(records),
            };
            records.Add(album, text);
        }
    }

    private void ScanArtists(long after, int maxCount, long maxSize, CatalogRecords records)
    {
        using var rows = _artists.Query(after);
        for (var count = 0; count < maxCount && records.Size < maxSize && rows.Step(); count++)
        {
            var text = records.BeginText();
            var artist = new ArtistRecord
            {
                Key = new CatalogKey(rows.Number(0)),
                Name = records.AddText(rows.Text(1)),
                Followers = rows.Number(2),
                Popularity = rows.Number(3),
            };
            records.Add(artist, text);
        }
    }
}
