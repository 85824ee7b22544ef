using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Reads artists.</summary>
internal sealed class ArtistQueries(Connection main)
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
    private readonly FragmentCache _fragments = new(capacity: 1 << 20);

    /// <summary>An artist as JSON, valid until the next one is read; false when there is none.</summary>
    /// <remarks>
    /// The artist of a track is nearly always one of its album's too, and a batch names the same ones over and over; so what was read
    /// last is kept as finished JSON.
    /// </remarks>
    public bool TryRead(long rowid, out ReadOnlySpan<byte> artist)
    {
        if (_fragments.TryGet(rowid, out artist))
        {
            return true;
        }

        var json = _fragments.Begin();
        using (var rows = _byRowid.Query(rowid))
        {
            if (!rows.Step())
            {
                return false;
            }

            CatalogJson.BeginArtist(json, new Artist
            {
                Id = rows.Text(0),
                Name = rows.Text(1),
                Followers = rows.Number(2),
                Popularity = rows.Number(3),
            });
        }

        WriteGenres(json, rowid);
        _imageList.Write(json, _images, rowid, distinct: false);
        json.WriteEndObject();
        artist = _fragments.End(rowid);
        return true;
    }

    /// <summary>Writes the field <c>artists</c> of a track or album, unless none of them exists.</summary>
    public void WriteArray(Utf8JsonWriter json, List<long> rowids)
    {
        var open = false;
        foreach (var rowid in rowids)
        {
            if (!TryRead(rowid, out var artist))
            {
                continue;
            }

            if (!open)
            {
                CatalogJson.BeginArtists(json);
                open = true;
            }

            json.WriteRawValue(artist, skipInputValidation: true);
        }

        if (open)
        {
            json.WriteEndArray();
        }
    }

    private void WriteGenres(Utf8JsonWriter json, long rowid)
    {
        using var rows = _genres.Query(rowid);
        if (!rows.Step())
        {
            return;
        }

        CatalogJson.BeginGenres(json);
        do
        {
            json.WriteStringValue(rows.Text(0));
        }
        while (rows.Step());
        json.WriteEndArray();
    }
}
