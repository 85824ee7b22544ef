using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>
/// One connection to each file, with all statements prepared. Lives as long as its pool; <see cref="Dispose"/> returns it. A key is a
/// rowid.
/// </summary>
internal sealed class SqliteReader : IPooledReader
{
    /// <summary>Bytes of records that each half of the cache keeps.</summary>
    private const long CacheCapacity = 3 << 19;

    /// <summary>Longer ids and ISRCs are of nothing: ids have 22 characters, ISRCs 12.</summary>
    private const int MaxIdBytes = 256;

    private readonly ReaderPool<SqliteReader> _pool;
    private readonly Connection _main;
    private readonly Connection? _files;
    private readonly IdQueries _ids;
    private readonly MusicBrainzQueries? _musicBrainz;
    private readonly TrackQueries _tracks;
    private readonly AlbumQueries _albums;
    private readonly ArtistQueries _artists;
    private readonly ArtistAlbumQueries _artistAlbums;
    private readonly NameQueries _names;
    private readonly MarketQueries _markets;
    private ScanQueries? _scans;
    private Connection.Stopping _mainStopping;
    private Connection.Stopping _filesStopping;

    /// <summary>Opens a connection to each file.</summary>
    /// <exception cref="SqliteException">A file cannot be opened, or a statement does not compile.</exception>
    public static SqliteReader Open(ReaderPool<SqliteReader> pool, CatalogFiles files, StoreOptions options)
    {
        Connection? trackFiles = null;
        var main = SqliteFile.OpenForServing(files.Main, options.CacheSize, options.MmapSize);
        try
        {
            trackFiles = files.TrackFiles is { } path ? SqliteFile.OpenForServing(path, options.CacheSize, options.MmapSize) : null;
            return new SqliteReader(pool, main, trackFiles);
        }
        catch
        {
            main.Dispose();
            trackFiles?.Dispose();
            throw;
        }
    }

    /// <summary>Prepares every statement, so that a missing table or column shows when the program starts.</summary>
    /// <exception cref="SqliteException">A statement does not compile.</exception>
    public SqliteReader(ReaderPool<SqliteReader> pool, Connection main, Connection? files)
    {
        _pool = pool;
        _main = main;
        _files = files;
        var cache = new RecordCache(CacheCapacity);
        _ids = new IdQueries(main);
        _musicBrainz = MusicBrainzQueries.TryPrepare(main);
        _artists = new ArtistQueries(main, cache);
        _albums = new AlbumQueries(main, _artists, cache);
        _tracks = new TrackQueries(main, files is null ? null : new TrackFileQueries(files), _musicBrainz, _albums, _artists);
        _artistAlbums = new ArtistAlbumQueries(main);
        _names = new NameQueries(main);
        _markets = new MarketQueries(main);
    }

    /// <inheritdoc/>
    public ReaderPurpose Purpose { get; private set; }

    /// <inheritdoc/>
    public ValueTask FindAsync(Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys)
    {
        Span<byte> utf8 = stackalloc byte[MaxIdBytes];
        for (var i = 0; i < ids.Length; i++)
        {
            keys.Span[i] = Encoding.UTF8.TryGetBytes(ids.Span[i], utf8, out var length)
                ? Find(entity, utf8[..length])
                : CatalogKey.None;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FindTracksOfAlbumsAsync(ReadOnlyMemory<CatalogKey> albums, KeyLists tracks)
    {
        foreach (var album in albums.Span)
        {
            _tracks.FindOfAlbum(album, tracks);
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
                if (_musicBrainz is null)
                {
                    _tracks.FindByIsrc(utf8[..length], tracks);
                }
                else
                {
                    _musicBrainz.FindByIsrc(utf8[..length], tracks);
                }
            }

            tracks.EndList();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FindTracksOfRecordingsAsync(ReadOnlyMemory<string> recordings, KeyLists tracks)
    {
        Span<byte> utf8 = stackalloc byte[MaxIdBytes];
        Span<byte> converted = stackalloc byte[Mbid.IdLength];
        Span<byte> merged = stackalloc byte[Mbid.IdLength];
        foreach (var recording in recordings.Span)
        {
            if (_musicBrainz is not null && Encoding.UTF8.TryGetBytes(recording, utf8, out var length))
            {
                var id = MusicBrainzQueries.IdOf(utf8[..length], converted);
                var current = _musicBrainz.FindCurrent(id, merged);
                _musicBrainz.FindOfRecording(current.IsEmpty ? id : current, tracks);
            }

            tracks.EndList();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryFindAlbumsOfArtistsAsync(ReadOnlyMemory<CatalogKey> artists, AlbumGroups groups, KeyLists albums)
    {
        foreach (var artist in artists.Span)
        {
            _artistAlbums.Find(artist, groups, albums);
            albums.EndList();
        }

        return new(true);
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
    {
        records.IdsAreMbids = _musicBrainz is not null;
        foreach (var key in keys.Span)
        {
            switch (entity)
            {
                case Entity.Track:
                    _tracks.Read(key, withAlbums, records);
                    break;
                case Entity.Album:
                    _albums.Read(key, records);
                    break;
                default:
                    _artists.Read(key, records);
                    break;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadMarketListsAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, Memory<long> lists)
    {
        _markets.Read(entity, keys.Span, lists.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanMarketListsAsync(MarketListVisitor visit)
    {
        _markets.Scan(visit);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadNamesAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, NameVisitor visit)
    {
        _names.Read(entity, keys.Span, visit);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanNamesAsync(Entity entity, NameVisitor visit)
    {
        _names.Scan(entity, visit);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanAsync(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records)
    {
        Scans.Scan(entity, after, maxCount, fields, records);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<EntityExtent> MeasureAsync(Entity entity) => new(Scans.Measure(entity));

    /// <summary>Prepared when first asked for: no request walks over tables.</summary>
    private ScanQueries Scans => _scans ??= new ScanQueries(_main);

    private CatalogKey Find(Entity entity, ReadOnlySpan<byte> given)
    {
        if (_musicBrainz is null)
        {
            return _ids.Find(entity, given);
        }

        Span<byte> buffer = stackalloc byte[Mbid.IdLength];
        var id = MusicBrainzQueries.IdOf(given, buffer);
        if (_ids.Find(entity, id) is { IsNone: false } key)
        {
            return key;
        }

        var current = _musicBrainz.FindCurrent(id, stackalloc byte[Mbid.IdLength]);
        return current.IsEmpty ? CatalogKey.None : _ids.Find(entity, current);
    }

    /// <inheritdoc/>
    public void Begin(ReaderPurpose purpose, Deadline deadline)
    {
        Purpose = purpose;
        _mainStopping = _main.StopAt(deadline);
        _filesStopping = _files?.StopAt(deadline) ?? default;
    }

    /// <summary>Ends the rental.</summary>
    public void Dispose()
    {
        _mainStopping.Dispose();
        _filesStopping.Dispose();
        _pool.Return(this);
    }

    /// <inheritdoc/>
    public void Close()
    {
        _main.Dispose();
        _files?.Dispose();
    }
}
