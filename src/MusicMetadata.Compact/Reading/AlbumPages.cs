using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>
/// Finds the pages of tracks and albums, and keeps those read lately: who asks for one track of an album asks for the others next.
/// </summary>
internal sealed class AlbumPages
{
    /// <summary>Pages that are kept, and the size beyond which one is given up when another takes its place.</summary>
    private const int Kept = 16;

    private const long MaxBytes = 256 * 1024;

    private readonly Func<AlbumPage> _create;
    private readonly AlbumPage[] _pages = new AlbumPage[Kept];
    private readonly BlobTable _albums;
    private readonly PairTable _outsideTracks;
    private readonly PairTable _albumRows;
    private int _next;
    private AlbumPage _last;

    /// <summary>Prepares its statements.</summary>
    /// <exception cref="SqliteException">A table is missing.</exception>
    public AlbumPages(Connection connection, CompactFile file)
    {
        var decompressor = Zstd.CreateDecompressor(file.Dictionary);
        _create = () => new AlbumPage(decompressor, file.Codes);
        for (var i = 0; i < Kept; i++)
        {
            _pages[i] = _create();
        }

        _last = _pages[0];
        _albums = new BlobTable(connection, CompactFormat.Albums);
        _outsideTracks = new PairTable(connection, CompactFormat.OutsideTracks);
        _albumRows = new PairTable(connection, CompactFormat.AlbumRows);
    }

    /// <summary>
    /// The page that has a track, and where it is on it; null when there is no such track. Valid until the next page is sought.
    /// </summary>
    public AlbumPage? FindTrack(CatalogKey key, out int index)
    {
        if ((index = _last.IndexOf(key)) >= 0)
        {
            return _last;
        }

        foreach (var page in _pages)
        {
            if ((index = page.IndexOf(key)) >= 0)
            {
                return _last = page;
            }
        }

        if (key.Value > 0
            && _albums.FindLast(key.Value, this, static (row, blob, pages) => pages.Load(row, blob))
            && (index = _last.IndexOf(key)) >= 0)
        {
            return _last;
        }

        return _outsideTracks.Find(key.Value) is { } row && FindRow(new CatalogKey(row)) is { } outside
            && (index = outside.IndexOf(key)) >= 0
            ? outside
            : null;
    }

    /// <summary>The page of an album; null when there is no such album. Valid until the next page is sought.</summary>
    public AlbumPage? FindAlbum(CatalogKey key)
    {
        foreach (var page in _pages)
        {
            if (!page.Row.IsNone && page.Album == key && page.HasAlbum)
            {
                return _last = page;
            }
        }

        return _albumRows.Find(key.Value) is { } row ? FindRow(new CatalogKey(row)) : null;
    }

    /// <summary>The page of a row; null when there is none. Valid until the next page is sought.</summary>
    public AlbumPage? FindRow(CatalogKey row)
    {
        foreach (var page in _pages)
        {
            if (page.Row == row)
            {
                return _last = page;
            }
        }

        return _albums.Find(row.Value, this, static (row, blob, pages) => pages.Load(row, blob)) ? _last : null;
    }

    /// <summary>What is thrown where a page turns out to be damaged when something is made of it.</summary>
    public CatalogException Damaged(InvalidDataException problem) => _albums.Damaged(_last.Row.Value, problem);

    private void Load(long row, ReadOnlySpan<byte> blob)
    {
        ref var page = ref _pages[_next];
        _next = (_next + 1) % Kept;
        if (page.Capacity > MaxBytes)
        {
            page = _create();
        }

        _last = page;
        page.Load(new CatalogKey(row), blob);
    }
}
