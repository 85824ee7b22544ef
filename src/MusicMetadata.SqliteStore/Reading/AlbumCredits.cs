using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Collects the artists of one album: each once, at its lowest index; of one index, in the order of the rows.</summary>
internal sealed class AlbumCredits
{
    private readonly List<(long Index, int Row, CatalogKey Artist)> _rows = [];
    private readonly List<CatalogKey> _distinct = [];

    /// <summary>Adds the next row.</summary>
    public void Add(long index, CatalogKey artist) => _rows.Add((index, _rows.Count, artist));

    /// <summary>Adds the artists to records, and begins anew.</summary>
    public ListRange MoveTo(CatalogRecords records)
    {
        if (_rows.Count > 1)
        {
            _rows.Sort();
        }

        _distinct.Clear();
        foreach (var (_, _, artist) in _rows)
        {
            // Some thousand at most, mostly one: a set would cost more than looking.
            if (!_distinct.Contains(artist))
            {
                _distinct.Add(artist);
            }
        }

        _rows.Clear();
        return records.AddCredits(CollectionsMarshal.AsSpan(_distinct));
    }
}
