using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Reads albums.</summary>
internal sealed class AlbumQueries(Connection main, ArtistQueries artists)
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
            copyright_p
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
    private readonly FragmentCache _fragments = new(capacity: 1 << 20);
    private readonly List<(long Index, int Row, long Artist)> _credits = [];
    private readonly HashSet<long> _distinct = [];
    private readonly List<long> _inOrder = [];

    /// <summary>An album as JSON, valid until the next one is read; false when there is none.</summary>
    /// <remarks>Whoever looks up one track of an album mostly looks up the others next, so what was read last is kept as finished JSON.</remarks>
    public bool TryRead(long rowid, out ReadOnlySpan<byte> album)
    {
        if (_fragments.TryGet(rowid, out album))
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

            CatalogJson.BeginAlbum(json, new Album
            {
                Id = rows.Text(0),
                Name = rows.Text(1),
                Type = rows.Text(2),
                Label = rows.Text(3),
                ReleaseDate = rows.Text(4),
                ReleaseDatePrecision = rows.Text(5),
                Upc = rows.Text(6),
                TotalTracks = rows.Number(7),
                Copyright = rows.Text(8),
                CopyrightP = rows.Text(9),
            });
        }

        _imageList.Write(json, _images, rowid, distinct: true);
        WriteArtists(json, rowid);
        json.WriteEndObject();
        album = _fragments.End(rowid);
        return true;
    }

    /// <summary>An artist once, at its lowest index; of one index, in the order of the rows.</summary>
    private void WriteArtists(Utf8JsonWriter json, long rowid)
    {
        _credits.Clear();
        using (var rows = _artists.Query(rowid))
        {
            while (rows.Step())
            {
                _credits.Add((rows.Number(1), _credits.Count, rows.Number(0)));
            }
        }

        if (_credits.Count > 1)
        {
            _credits.Sort();
        }

        _distinct.Clear();
        _inOrder.Clear();
        foreach (var (_, _, artist) in _credits)
        {
            if (_distinct.Add(artist))
            {
                _inOrder.Add(artist);
            }
        }

        artists.WriteArray(json, _inOrder);
    }
}
