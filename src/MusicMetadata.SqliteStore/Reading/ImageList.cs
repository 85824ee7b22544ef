using System.Runtime.InteropServices;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>
/// Collects the few images of one album or artist, widest first. Sorting here rather than by <c>ORDER BY</c> saves SQLite from building a
/// temporary B-tree for three rows, which costs more than reading them.
/// </summary>
internal sealed class ImageList
{
    private readonly List<ImageRecord> _images = [];

    /// <summary>Adds the images that a query answers to records.</summary>
    /// <param name="statement">Answers url, width, height in rowid order.</param>
    /// <param name="owner">The statement's parameter.</param>
    /// <param name="distinct">Whether identical images are kept once.</param>
    /// <param name="records">Takes them.</param>
    public ListRange Read(Statement statement, long owner, bool distinct, CatalogRecords records)
    {
        _images.Clear();
        using (var rows = statement.Query(owner))
        {
            while (rows.Step())
            {
                Insert(rows.Text(0), rows.Number(1), rows.Number(2), distinct, records);
            }
        }

        return records.AddImages(CollectionsMarshal.AsSpan(_images));
    }

    /// <summary>Keeps the images sorted by width, those of one width in the order they came.</summary>
    private void Insert(ReadOnlySpan<byte> url, long width, long height, bool distinct, CatalogRecords records)
    {
        var at = _images.Count;
        while (at > 0 && _images[at - 1].Width < width)
        {
            at--;
        }

        for (var same = at - 1; distinct && same >= 0 && _images[same].Width == width; same--)
        {
            if (_images[same].Height == height && records.Text(_images[same].Url).SequenceEqual(url))
            {
                return;
            }
        }

        _images.Insert(at, new ImageRecord(records.AddText(url), width, height));
    }
}
