using System.Text;
using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>
/// One connection to each file, with all statements prepared. Lives as long as its pool; <see cref="Dispose"/> gives it back.
/// </summary>
internal sealed class SqliteReader : ICatalogReader
{
    private readonly ReaderPool _pool;
    private readonly Connection _main;
    private readonly Connection? _files;
    private readonly IdQueries _ids;
    private readonly TrackQueries _tracks;
    private readonly AlbumQueries _albums;
    private readonly ArtistQueries _artists;
    private readonly NameScan _names;
    private readonly NameCheck _check;
    private Connection.Watch _mainWatch;
    private Connection.Watch _filesWatch;

    /// <summary>Opens a connection to each file.</summary>
    /// <exception cref="SqliteException">A file cannot be opened, or a statement does not compile.</exception>
    public static SqliteReader Open(ReaderPool pool, CatalogFiles files, StoreOptions options)
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
    public SqliteReader(ReaderPool pool, Connection main, Connection? files)
    {
        _pool = pool;
        _main = main;
        _files = files;
        _ids = new IdQueries(main);
        _artists = new ArtistQueries(main);
        _albums = new AlbumQueries(main, _artists);
        _tracks = new TrackQueries(main, files is null ? null : new TrackFileQueries(files), _albums, _artists);
        _names = new NameScan(main);
        _check = new NameCheck(main);
    }

    /// <summary>Whether this rental is for a scan; the pool counts those.</summary>
    internal bool IsScan { get; private set; }

    /// <inheritdoc/>
    public bool TryFind(Entity entity, string id, out long rowid)
    {
        using var timing = CatalogMetrics.Time("find_id");
        Span<byte> utf8 = stackalloc byte[64];
        if (!Encoding.UTF8.TryGetBytes(id, utf8, out var length))
        {
            // Every id has 22 characters.
            rowid = 0;
            return false;
        }

        return _ids.TryFind(entity, utf8[..length], out rowid);
    }

    /// <inheritdoc/>
    public void FindTracksOfAlbum(long album, List<long> rowids)
    {
        using var timing = CatalogMetrics.Time("find_tracks_of_album");
        _tracks.FindOfAlbum(album, rowids);
    }

    /// <inheritdoc/>
    public void FindTracksByIsrc(string isrc, List<long> rowids)
    {
        using var timing = CatalogMetrics.Time("find_isrc");
        Span<byte> utf8 = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(isrc, utf8, out var length))
        {
            _tracks.FindByIsrc(utf8[..length], rowids);
        }
    }

    /// <inheritdoc/>
    public void ScanNames(Entity entity, string text, int limit, List<long> rowids)
    {
        using var timing = CatalogMetrics.Time("scan_names");
        CatalogMetrics.CountSearch("scan");
        _names.Find(entity, text, limit, rowids);
    }

    /// <inheritdoc/>
    public bool NameContains(Entity entity, long rowid, ReadOnlySpan<byte> folded) => _check.Contains(entity, rowid, folded);

    /// <inheritdoc/>
    public bool WriteTrack(Utf8JsonWriter json, long rowid, bool withAlbum)
    {
        using var timing = CatalogMetrics.Time("read_track");
        return _tracks.Write(json, rowid, withAlbum);
    }

    /// <inheritdoc/>
    public bool WriteAlbum(Utf8JsonWriter json, long rowid)
    {
        using var timing = CatalogMetrics.Time("read_album");
        return _albums.TryRead(rowid, out var album) && WriteRaw(json, album);
    }

    /// <inheritdoc/>
    public bool WriteArtist(Utf8JsonWriter json, long rowid)
    {
        using var timing = CatalogMetrics.Time("read_artist");
        return _artists.TryRead(rowid, out var artist) && WriteRaw(json, artist);
    }

    private static bool WriteRaw(Utf8JsonWriter json, ReadOnlySpan<byte> entity)
    {
        json.WriteRawValue(entity, skipInputValidation: true);
        return true;
    }

    /// <summary>Begins a rental: from now on statements stop when the client goes or the time is up.</summary>
    internal void Begin(bool isScan, TimeSpan limit, CancellationToken cancellation)
    {
        IsScan = isScan;
        _mainWatch = _main.StopAfter(limit, cancellation);
        _filesWatch = _files?.StopAfter(limit, cancellation) ?? default;
    }

    /// <summary>Ends the rental.</summary>
    public void Dispose()
    {
        _mainWatch.Dispose();
        _filesWatch.Dispose();
        _pool.Return(this);
    }

    /// <summary>Closes the connections.</summary>
    internal void Close()
    {
        _main.Dispose();
        _files?.Dispose();
    }
}
