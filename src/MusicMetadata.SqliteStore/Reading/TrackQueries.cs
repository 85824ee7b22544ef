using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Finds and reads tracks.</summary>
internal sealed class TrackQueries(
    Connection main, TrackFileQueries? files, MusicBrainzQueries? musicBrainz, AlbumQueries albums, ArtistQueries artists)
{
    /// <summary>A track's row.</summary>
    internal const string ByRowid = """
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
            album_rowid,
            available_markets_rowid
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

    /// <summary>A track's credits.</summary>
    internal const string Artists = """
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
    private readonly List<CatalogKey> _credits = [];

    /// <summary>Adds an album's tracks by disc, then track number.</summary>
    public void FindOfAlbum(CatalogKey album, KeyLists tracks)
    {
        using var rows = _ofAlbum.Query(album.Value);
        AddAll(rows, tracks);
    }

    /// <summary>Adds the tracks with exactly this ISRC, most popular first, then by rowid.</summary>
    public void FindByIsrc(ReadOnlySpan<byte> isrc, KeyLists tracks)
    {
        using var rows = _byIsrc.Query(isrc);
        AddAll(rows, tracks);
    }

    /// <summary>Adds a track with its artists, and its album if wanted, to records, unless it does not exist.</summary>
    public void Read(CatalogKey key, bool withAlbum, CatalogRecords records)
    {
        TrackRecord track;
        using (var rows = _byRowid.Query(key.Value))
        {
            if (!rows.Step())
            {
                return;
            }

            track = new TrackRecord
            {
                Key = key,
                Id = records.AddText(rows.Text(0)),
                Name = records.AddText(rows.Text(1)),
                Isrc = records.AddText(rows.Text(2)),
                DurationMs = rows.Number(3),
                Explicit = rows.Number(4) != 0,
                TrackNumber = rows.Number(5),
                DiscNumber = rows.Number(6),
                Popularity = rows.Number(7),
                PreviewUrl = records.AddText(rows.Text(8)),
                Album = new CatalogKey(rows.Number(9)),
                MarketList = rows.Number(10),
            };
        }

        if (withAlbum)
        {
            albums.Read(track.Album, records);
        }

        track.Artists = ReadCredits(key.Value, records);
        files?.Read(ref track, records);
        musicBrainz?.Read(ref track, records);
        records.Add(track);
    }

    private ListRange ReadCredits(long rowid, CatalogRecords records)
    {
        _credits.Clear();
        using (var rows = _artists.Query(rowid))
        {
            while (rows.Step())
            {
                _credits.Add(new CatalogKey(rows.Number(0)));
            }
        }

        var credits = CollectionsMarshal.AsSpan(_credits);
        artists.ReadAll(credits, records);
        return records.AddCredits(credits);
    }

    /// <summary>Adds the tracks whose rowids a query answers.</summary>
    public static void AddAll(Statement.Rows rows, KeyLists tracks)
    {
        while (rows.Step())
        {
            tracks.Add(new CatalogKey(rows.Number(0)));
        }
    }
}
