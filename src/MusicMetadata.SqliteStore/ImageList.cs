using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>
/// Collects the few images of one album or artist to write them widest first. Sorting here rather than by <c>ORDER BY</c> saves SQLite from
/// building a temporary B-tree for three rows, which costs more than reading them.
/// </summary>
internal sealed class ImageList
{
    private readonly List<Row> _rows = [];
    private byte[] _urls = new byte[1024];

    /// <summary>Writes the images that a query answers, if any, as the field <c>images</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="statement">Answers url, width, height in rowid order.</param>
    /// <param name="owner">The statement's parameter.</param>
    /// <param name="distinct">Whether identical images are written once.</param>
    public void Write(Utf8JsonWriter json, Statement statement, long owner, bool distinct)
    {
        _rows.Clear();
        var used = 0;
        using (var rows = statement.Query(owner))
        {
            while (rows.Step())
            {
                var url = rows.Text(0);
                if (_urls.Length - used < url.Length)
                {
                    Array.Resize(ref _urls, Math.Max(_urls.Length * 2, used + url.Length));
                }

                url.CopyTo(_urls.AsSpan(used));
                Insert(new Row(rows.Number(1), rows.Number(2), used, url.Length), distinct);
                used += url.Length;
            }
        }

        if (_rows.Count == 0)
        {
            return;
        }

        CatalogJson.BeginImages(json);
        foreach (var row in _rows)
        {
            CatalogJson.WriteImage(json, new Image { Url = Url(row), Width = row.Width, Height = row.Height });
        }

        json.WriteEndArray();
    }

    /// <summary>Keeps the rows sorted by width, those of one width in the order they came.</summary>
    private void Insert(Row row, bool distinct)
    {
        var at = _rows.Count;
        while (at > 0 && _rows[at - 1].Width < row.Width)
        {
            at--;
        }

        for (var same = at - 1; distinct && same >= 0 && _rows[same].Width == row.Width; same--)
        {
            if (_rows[same].Height == row.Height && Url(_rows[same]).SequenceEqual(Url(row)))
            {
                return;
            }
        }

        _rows.Insert(at, row);
    }

    private ReadOnlySpan<byte> Url(Row row) => _urls.AsSpan(row.UrlStart, row.UrlLength);

    private readonly record struct Row(long Width, long Height, int UrlStart, int UrlLength);
}
