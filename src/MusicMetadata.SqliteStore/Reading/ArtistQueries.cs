using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Reads artists.</summary>
internal sealed class ArtistQueries(Connection main, RecordCache cache)
{
    private const string ByRowid = """
        SELECT
            id,
            name,
            followers_total,
            popularity
        FROM artists
        WHERE rowid = ?1
        """;

    private const string Genres = """
        SELECT
            genre
        FROM artist_genres
        WHERE artist_rowid = ?1
        ORDER BY rowid
        """;

    private const string Images = """
        SELECT
            url,
            width,
            height
        FROM artist_images
        WHERE artist_rowid = ?1
        ORDER BY rowid
        """;

    private readonly Statement _byRowid = main.Prepare(ByRowid);
    private readonly Statement _genres = main.Prepare(Genres);
    private readonly Statement _images = main.Prepare(Images);
    private readonly ImageList _imageList = new();
    private readonly List<TextRange> _genreTexts = [];

    /// <summary>Adds an artist to records, unless it is there or does not exist.</summary>
    public void Read(CatalogKey key, CatalogRecords records)
    {
        if (records.IndexOfArtist(key) >= 0 || cache.TryCopyArtist(key, records))
        {
            return;
        }

        var text = records.BeginText();
        ArtistRecord artist;
        using (var rows = _byRowid.Query(key.Value))
        {
            if (!rows.Step())
            {
                return;
            }

            artist = new ArtistRecord
            {
                Key = key,
                Id = records.AddText(rows.Text(0)),
                Name = records.AddText(rows.Text(1)),
                Followers = rows.Number(2),
                Popularity = rows.Number(3),
            };
        }

        artist.Genres = ReadGenres(key.Value, records);
        artist.Images = _imageList.Read(_images, key.Value, distinct: false, records);
        records.Add(artist, text);
        cache.Keep(records, records.Artists[^1]);
    }

    /// <summary>Adds the artists of a track or album to records.</summary>
    public void ReadAll(ReadOnlySpan<CatalogKey> keys, CatalogRecords records)
    {
        foreach (var key in keys)
        {
            Read(key, records);
        }
    }

    private ListRange ReadGenres(long rowid, CatalogRecords records)
    {
        _genreTexts.Clear();
        using var rows = _genres.Query(rowid);
        while (rows.Step())
        {
            _genreTexts.Add(records.AddText(rows.Text(0)));
        }

        return records.AddTexts(CollectionsMarshal.AsSpan(_genreTexts));
    }
}
