using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>
/// One connection to a compact catalog. Lives as long as its pool; <see cref="Dispose"/> returns it. Keys are those of its source.
/// </summary>
internal sealed class CompactReader : IPooledReader
{
    /// <summary>Longer ids and ISRCs are of nothing: ids have 22 characters, ISRCs 12.</summary>
    private const int MaxIdBytes = 256;

    private readonly ReaderPool<CompactReader>? _pool;
    private readonly Connection _connection;
    private readonly AlbumPages _pages;
    private readonly ArtistTable _artists;
    private readonly HashTable _trackIds;
    private readonly HashTable _artistIds;
    private readonly HashTable _albumIds;
    private readonly HashTable _isrcs;
    private readonly KeyOrder _trackOrder;
    private readonly KeyOrder _artistOrder;
    private readonly KeyOrder _albumOrder;
    private readonly CompactScan _scan;
    private readonly List<(long DiscNumber, long TrackNumber, long Key)> _album = [];
    private readonly List<(long Popularity, long Key)> _sameIsrc = [];
    private Connection.Stopping _stopping;

    /// <summary>Prepares every statement.</summary>
    /// <param name="pool">Where it returns; null for one that is in none.</param>
    /// <param name="connection">The catalog, which it closes.</param>
    /// <param name="file">What the catalog says of itself.</param>
    /// <exception cref="SqliteException">A statement does not compile.</exception>
    public CompactReader(ReaderPool<CompactReader>? pool, Connection connection, CompactFile file)
    {
        _pool = pool;
        _connection = connection;
        _pages = new AlbumPages(connection, file);
        _artists = new ArtistTable(connection, file);
        _trackIds = Hashes(CompactFormat.TrackIds);
        _artistIds = Hashes(CompactFormat.ArtistIds);
        _albumIds = Hashes(CompactFormat.AlbumIds);
        _isrcs = Hashes(CompactFormat.Isrcs);
        _trackOrder = new KeyOrder(connection, CompactFormat.TrackOrder);
        _artistOrder = new KeyOrder(connection, CompactFormat.ArtistOrder);
        _albumOrder = new KeyOrder(connection, CompactFormat.AlbumOrder);
        _scan = new CompactScan(connection, _pages, _artists, file.Counts);

        HashTable Hashes(Table table) => new(connection, table, file.Buckets[table.Name]);
    }

    /// <inheritdoc/>
    public ReaderPurpose Purpose { get; private set; }

    /// <inheritdoc/>
    /// <remarks>The format has no recordings: catalogs from MusicBrainz are not made compact.</remarks>
    public ValueTask FindTracksOfRecordingsAsync(ReadOnlyMemory<string> recordings, KeyLists tracks)
    {
        for (var i = 0; i < recordings.Length; i++)
        {
            tracks.EndList();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>The format has no markets.</remarks>
    public ValueTask ReadMarketListsAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, Memory<long> lists)
    {
        lists.Span.Clear();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanMarketListsAsync(MarketListVisitor visit) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>The format has the artists of albums, and no way from an artist to them.</remarks>
    public ValueTask<bool> TryFindAlbumsOfArtistsAsync(ReadOnlyMemory<CatalogKey> artists, AlbumGroups groups, KeyLists albums) =>
        new(false);

    /// <inheritdoc/>
    public ValueTask FindAsync(Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys)
    {
        Span<byte> utf8 = stackalloc byte[MaxIdBytes];
        Span<byte> code = stackalloc byte[IdCode.MaxSize];
        for (var i = 0; i < ids.Length; i++)
        {
            keys.Span[i] = Encoding.UTF8.TryGetBytes(ids.Span[i], utf8, out var length)
                ? Find(entity, utf8[..length], code[..IdCode.TryEncode(utf8[..length], code)])
                : CatalogKey.None;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FindTracksOfAlbumsAsync(ReadOnlyMemory<CatalogKey> albums, KeyLists tracks)
    {
        foreach (var album in albums.Span)
        {
            if (_pages.FindAlbum(album) is { } page)
            {
                _album.Clear();
                foreach (ref readonly var track in page.Tracks)
                {
                    _album.Add((track.DiscNumber, track.TrackNumber, track.Key));
                }

                _album.Sort();
                _album.ForEach(track => tracks.Add(new CatalogKey(track.Key)));
            }

            tracks.EndList();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FindTracksByIsrcAsync(ReadOnlyMemory<string> isrcs, KeyLists tracks)
    {
        Span<byte> utf8 = stackalloc byte[MaxIdBytes];
        foreach (var isrc in isrcs.Span)
        {
            if (Encoding.UTF8.TryGetBytes(isrc, utf8, out var length))
            {
                FindByIsrc(utf8[..length], tracks);
            }

            tracks.EndList();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
    {
        foreach (var key in keys.Span)
        {
            try
            {
                Read(entity, key, withAlbums, records);
            }
            catch (InvalidDataException e)
            {
                throw _pages.Damaged(e);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadNamesAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, NameVisitor visit)
    {
        foreach (var key in keys.Span)
        {
            if (!Visit(entity, key, visit))
            {
                break;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanNamesAsync(Entity entity, NameVisitor visit)
    {
        var order = entity switch { Entity.Track => _trackOrder, Entity.Artist => _artistOrder, _ => _albumOrder };
        order.Visit(key => Visit(entity, key, visit));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanAsync(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records)
    {
        _scan.Read(entity, after.Value, maxCount, records);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<EntityExtent> MeasureAsync(Entity entity) => new(_scan.Measure(entity));

    /// <inheritdoc/>
    public void Begin(ReaderPurpose purpose, Deadline deadline)
    {
        Purpose = purpose;
        _stopping = _connection.StopAt(deadline);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _pool?.Return(this);
    }

    /// <inheritdoc/>
    public void Close() => _connection.Dispose();

    /// <summary>Adds a record with all that it refers to, unless it does not exist.</summary>
    private void Read(Entity entity, CatalogKey key, bool withAlbums, CatalogRecords records)
    {
        switch (entity)
        {
            case Entity.Track when _pages.FindTrack(key, out var index) is { } page:
                if (withAlbums && page.HasAlbum)
                {
                    AddAlbum(page, records);
                }

                page.AddTrack(index, records);
                AddArtists(page, records.Credits(records.Tracks[^1].Artists), records);
                break;
            case Entity.Album when _pages.FindAlbum(key) is { } page:
                AddAlbum(page, records);
                break;
            case Entity.Artist when records.IndexOfArtist(key) < 0:
                _artists.Read(key, records);
                break;
        }
    }

    private void AddAlbum(AlbumPage page, CatalogRecords records)
    {
        if (records.IndexOfAlbum(page.Album) < 0)
        {
            page.AddAlbum(records);
            AddArtists(page, records.Credits(records.Albums[^1].Artists), records);
        }
    }

    private void AddArtists(AlbumPage page, ReadOnlySpan<CatalogKey> artists, CatalogRecords records)
    {
        foreach (var artist in artists)
        {
            if (records.IndexOfArtist(artist) < 0 && !page.TryAddArtist(artist, records))
            {
                _artists.Read(artist, records);
            }
        }
    }

    private CatalogKey Find(Entity entity, ReadOnlySpan<byte> id, ReadOnlySpan<byte> code)
    {
        switch (entity)
        {
            case Entity.Track:
                foreach (var key in _trackIds.Find(id))
                {
                    if (_pages.FindTrack(new CatalogKey(key), out var index) is { } page && page.HasId(index, id, code))
                    {
                        return new CatalogKey(key);
                    }
                }

                break;
            case Entity.Album:
                foreach (var row in _albumIds.Find(id))
                {
                    if (_pages.FindRow(new CatalogKey(row)) is { } page && page.HasId(id, code))
                    {
                        return page.Album;
                    }
                }

                break;
            default:
                foreach (var key in _artistIds.Find(id))
                {
                    if (_artists.HasId(new CatalogKey(key), id, code))
                    {
                        return new CatalogKey(key);
                    }
                }

                break;
        }

        return CatalogKey.None;
    }

    private void FindByIsrc(ReadOnlySpan<byte> isrc, KeyLists tracks)
    {
        _sameIsrc.Clear();
        foreach (var key in _isrcs.Find(isrc))
        {
            if (_pages.FindTrack(new CatalogKey(key), out var index) is { } page && page.HasIsrc(index, isrc))
            {
                // Most popular first, so by what it lacks of the most.
                _sameIsrc.Add((~page.Tracks[index].Popularity, key));
            }
        }

        _sameIsrc.Sort();
        _sameIsrc.ForEach(track => tracks.Add(new CatalogKey(track.Key)));
    }

    private bool Visit(Entity entity, CatalogKey key, NameVisitor visit)
    {
        switch (entity)
        {
            case Entity.Track:
                return _pages.FindTrack(key, out var index) is not { } track || visit(key, track.NameOf(index));
            case Entity.Album:
                return _pages.FindAlbum(key) is not { } album || visit(key, album.AlbumName);
            default:
                return _artists.Visit(key, visit);
        }
    }
}
