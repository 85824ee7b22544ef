using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>Reads a row of each open file, and compares the files with those that stand at their paths now.</summary>
/// <remarks>
/// On connections of its own, without a memory map, so that a file cut short is an error and not a SIGBUS; and with its page cache
/// given back before each check, so that what it reads is read from the file.
/// </remarks>
public sealed class FileProbe : IDisposable
{
    private readonly string[] _paths;
    private readonly FileStamp _stamp;
    private readonly List<Probe> _probes = [];
    private readonly Lock _lock = new();

    /// <summary>Opens the files once more.</summary>
    /// <param name="files">The files that are served, each with a query that reads its last row.</param>
    /// <param name="stamp">Their sizes and times before their identity was taken.</param>
    /// <exception cref="SqliteException">A file cannot be opened.</exception>
    public FileProbe(IReadOnlyList<(string Path, string Sql)> files, FileStamp stamp)
    {
        _paths = [.. files.Select(file => file.Path)];
        _stamp = stamp;
        try
        {
            foreach (var (path, sql) in files)
            {
                _probes.Add(new Probe(path, sql));
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
            return FileStamp.Of(_paths) == _stamp
                ? null
                : $"{string.Join(" or ", _paths)} is not the file that was opened, or was written to since. Reload to serve the new "
                    + "one (SIGHUP), or put the old one back.";
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
