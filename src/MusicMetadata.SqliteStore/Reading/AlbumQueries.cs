using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Reads albums.</summary>
internal sealed class AlbumQueries(Connection main, ArtistQueries artists, RecordCache cache)
{
    private const string ByRowid = """
        SELECT
            id,
            name,
            album_type,
            label,
            release_date,
            release_date_precision,
            external_id_upc,
            total_tracks,
            copyright_c,
            copyright_p,
            popularity,
            available_markets_rowid
        FROM albums
        WHERE rowid = ?1
        """;

    private const string Images = """
        SELECT
            url,
            width,
            height
        FROM album_images
        WHERE album_rowid = ?1
        ORDER BY rowid
        """;

    private const string Artists = """
        SELECT
            artist_rowid,
            index_in_album
        FROM artist_albums
        WHERE album_rowid = ?1 AND index_in_album IS NOT NULL
        ORDER BY rowid
        """;

    private readonly Statement _byRowid = main.Prepare(ByRowid);
    private readonly Statement _images = main.Prepare(Images);
    private readonly Statement _artists = main.Prepare(Artists);
    private readonly ImageList _imageList = new();
    private readonly AlbumCredits _credits = new();

    /// <summary>Adds an album with its artists to records, unless it is there or does not exist.</summary>
    public void Read(CatalogKey key, CatalogRecords records)
    {
        if (records.IndexOfAlbum(key) >= 0)
        {
            return;
        }

        if (!cache.TryCopyAlbum(key, records) && !TryRead(key, records))
        {
            return;
        }

        artists.ReadAll(records.Credits(records.Albums[^1].Artists), records);
    }

    private bool TryRead(CatalogKey key, CatalogRecords records)
    {
        var text = records.BeginText();
        AlbumRecord album;
        using (var rows = _byRowid.Query(key.Value))
        {
            if (!rows.Step())
            {
                return false;
            }

            album = new AlbumRecord
            {
                Key = key,
                Id = records.AddText(rows.Text(0)),
                Name = records.AddText(rows.Text(1)),
                Type = records.AddText(rows.Text(2)),
                Label = records.AddText(rows.Text(3)),
                ReleaseDate = records.AddText(rows.Text(4)),
                ReleaseDatePrecision = records.AddText(rows.Text(5)),
                Upc = records.AddText(rows.Text(6)),
                TotalTracks = rows.Number(7),
                Copyright = records.AddText(rows.Text(8)),
                CopyrightP = records.AddText(rows.Text(9)),
                Popularity = rows.Number(10),
                MarketList = rows.Number(11),
            };
        }

        album.Images = _imageList.Read(_images, key.Value, distinct: true, records);
        album.Artists = ReadCredits(key.Value, records);
        records.Add(album, text);
        cache.Keep(records, records.Albums[^1]);
        return true;
    }

    private ListRange ReadCredits(long rowid, CatalogRecords records)
    {
        using var rows = _artists.Query(rowid);
        while (rows.Step())
        {
            _credits.Add(rows.Number(1), new CatalogKey(rows.Number(0)));
        }

        return _credits.MoveTo(records);
    }
}
