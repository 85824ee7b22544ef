using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.SqliteStore;

/// <summary>The catalog in its two SQLite files.</summary>
public sealed class SqliteCatalog : ICatalogStore
{
    private readonly ReaderPool<SqliteReader> _pool;
    private readonly CatalogProbe _health;
    private readonly CatalogFiles _files;
    private readonly StoreOptions _options;

    private SqliteCatalog(StoreOptions options, CatalogFiles files, ReaderPool<SqliteReader> pool, CatalogProbe health, (CatalogIdentity Main, CatalogIdentity Both) identities, IReadOnlyList<string> warnings)
    {
        _options = options;
        _files = files;
        _pool = pool;
        _health = health;
        FilesIdentity = identities.Both;
        Identity = options.CatalogId ?? identities.Both;
        MainIdentity = options.CatalogId ?? identities.Main;
        Warnings = warnings;
    }

    /// <inheritdoc/>
    public CatalogIdentity Identity { get; }

    /// <summary>What a search index must belong to: changes when the main database does, unless an id was given.</summary>
    public CatalogIdentity MainIdentity { get; }

    /// <summary>The identity of the files themselves, whatever id was given: by it changes are noticed.</summary>
    public CatalogIdentity FilesIdentity { get; }

    /// <summary>A quarter of a millisecond in memory, a second or two on the slowest disks.</summary>
    public int BatchSize => 8;

    /// <summary>Whether there is a second file.</summary>
    public bool HasTrackFiles => _files.TrackFiles is not null;

    /// <summary>What whoever runs the program should know about the files: each a sentence with the consequence and the remedy.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Opens both files.</summary>
    /// <exception cref="OperatorException">The main database is missing, unreadable, damaged or not the expected one, or was replaced meanwhile.</exception>
    public static SqliteCatalog Open(StoreOptions options)
    {
        var files = CatalogFiles.Find(options.Database);
        CatalogProbe? health = null;
        ReaderPool<SqliteReader>? pool = null;
        try
        {
            var stamp = files.Stamp();
            var identities = files.Identities();
            var warnings = SchemaCheck.Check(files);
            health = new CatalogProbe(files, stamp);
            pool = new ReaderPool<SqliteReader>(options, pool => SqliteReader.Open(pool, files, options));

            // Every reader opened the files by their paths: all of them, and the identity, must be of the same ones.
            return files.Stamp() == stamp
                ? new SqliteCatalog(options, files, pool, health, identities, warnings)
                : throw new OperatorException($"{files.Main} or the file beside it was replaced or written to while it was opened. Try again when they are in place.");
        }
        catch (Exception e)
        {
            pool?.Dispose();
            health?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new OperatorException($"{files.Main} or the file beside it cannot be read: {e.Message}");
            }

            if (e is not SqliteException sqlite)
            {
                throw;
            }

            throw sqlite.IsNotADatabase
                ? new OperatorException($"{sqlite.Detail}. Check that the download is complete.", nameof(StoreOptions.Database))
                : new OperatorException($"{sqlite.Detail}. Check that the file is whole and that this user may read it.");
        }
    }

    /// <summary>Why the two files do not belong together, and what to do, as far as a look at some tracks tells; null when they do, and without a second one.</summary>
    public string? FindPairProblem()
    {
        try
        {
            var check = new CatalogCheck(_files);
            return HasTrackFiles ? check.PairProblem(check.MatchPair()) : null;
        }
        catch (SqliteException e)
        {
            return e.Detail;
        }
    }

    /// <summary>What the log tells about the files when they are opened: their paths and sizes, and how SQLite reads them.</summary>
    /// <exception cref="SqliteException">A file cannot be read.</exception>
    public (string Files, string Pragmas) Describe()
    {
        var files = new[] { _files.Main, _files.TrackFiles }.OfType<string>()
            .Select(path => string.Create(CultureInfo.InvariantCulture, $"{path} of {Storage.Stat(path).Length} bytes"));
        using var connection = SqliteFile.OpenForServing(_files.Main, _options.CacheSize, _options.MmapSize);
        return (string.Join(", ", files), connection.EffectivePragmas());
    }

    /// <inheritdoc/>
    public ValueTask<ICatalogReader?> TryRentReaderAsync(ReaderPurpose purpose, Deadline deadline) => _pool.TryRentAsync(purpose, deadline);

    /// <inheritdoc/>
    public ICatalogReader? TryRentIdleReader(Deadline deadline) => _pool.TryRentIdle(deadline);

    /// <inheritdoc/>
    public StoreLoad Load => _pool.Load;

    /// <inheritdoc/>
    public CatalogHealth CheckHealth() => _health.Check();

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        _health.Dispose();
    }
}
