using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Reads the last row of each open file, and compares the files with those that stand at their paths now.</summary>
/// <remarks>
/// On connections of its own, without a memory map, so that a file cut short is an error and not a SIGBUS; and with its page cache
/// given back before each check, so that what it reads is read from the file.
/// </remarks>
internal sealed class CatalogProbe : IDisposable
{
    private const string LastTrack = """
        SELECT
            id
        FROM tracks
        ORDER BY rowid DESC
        LIMIT 1
        """;

    private const string LastTrackFile = """
        SELECT
            track_id
        FROM track_files
        ORDER BY rowid DESC
        LIMIT 1
        """;

    private readonly CatalogFiles _files;
    private readonly FileStamp _stamp;
    private readonly List<Probe> _probes = [];
    private readonly Lock _lock = new();

    /// <summary>Opens the files once more.</summary>
    /// <param name="files">The files that are served.</param>
    /// <param name="stamp">Their sizes and times before their identity was taken.</param>
    /// <exception cref="SqliteException">A file cannot be opened.</exception>
    public CatalogProbe(CatalogFiles files, FileStamp stamp)
    {
        _files = files;
        _stamp = stamp;
        try
        {
            _probes.Add(new Probe(files.Main, LastTrack));
            if (files.TrackFiles is { } trackFiles)
            {
                _probes.Add(new Probe(trackFiles, LastTrackFile));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="ICatalogStore.CheckHealth"/>
    public CatalogHealth Check()
    {
        lock (_lock)
        {
            try
            {
                foreach (var probe in _probes)
                {
                    probe.Read();
                }
            }
            catch (CatalogException e)
            {
                return new CatalogHealth(IsReadable: false, IsCurrent: false, e.Detail);
            }

            return Compare() is { } difference ? new CatalogHealth(IsReadable: true, IsCurrent: false, difference) : CatalogHealth.Good;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var probe in _probes)
            {
                probe.Dispose();
            }
        }
    }

    /// <summary>What is different from the files that were opened; null when nothing is.</summary>
    private string? Compare()
    {
        try
        {
            // Sizes and times are part of the identity, so nothing more needs to be read.
            return _files.Stamp() == _stamp
                ? null
                : $"{_files.Main} or {CatalogSchema.TrackFilesFileName} beside it is not the file that was opened, or was written to "
                    + "since. Reload to serve the new one (SIGHUP), or put the old one back.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>A connection and the query that it answers.</summary>
    private sealed class Probe : IDisposable
    {
        private readonly Connection _connection;
        private readonly Statement _statement;

        public Probe(string path, string sql)
        {
            _connection = SqliteFile.OpenForServing(path, cacheBytes: 64 * 1024, mmapBytes: 0);
            try
            {
                _statement = _connection.Prepare(sql);
            }
            catch
            {
                _connection.Dispose();
                throw;
            }
        }

        public void Read()
        {
            _connection.Execute("PRAGMA shrink_memory");
            using var rows = _statement.Query();
            _ = rows.Step();
        }

        public void Dispose() => _connection.Dispose();
    }
}
