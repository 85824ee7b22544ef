using System.Globalization;
using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>The catalog in its two SQLite files.</summary>
internal sealed class SqliteCatalog : ICatalogStore
{
    private readonly ReaderPool _pool;
    private readonly CatalogProbe _health;
    private readonly CatalogFiles _files;
    private readonly StoreOptions _options;

    private SqliteCatalog(StoreOptions options, CatalogFiles files, ReaderPool pool, CatalogProbe health, string fingerprint, IReadOnlyList<string> warnings)
    {
        _options = options;
        _files = files;
        _pool = pool;
        _health = health;
        Fingerprint = fingerprint;
        MainFingerprint = files.MainFingerprint();
        Warnings = warnings;
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>Changes whenever the main database does: what a search index belongs to.</summary>
    public string MainFingerprint { get; }

    /// <summary>What whoever runs the program should know about the files: each a sentence with the consequence and the remedy.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Opens both files.</summary>
    /// <exception cref="OperatorException">The main database is missing, unreadable, damaged or not the expected one.</exception>
    public static SqliteCatalog Open(StoreOptions options)
    {
        var files = CatalogFiles.Find(options.Database);
        CatalogProbe? health = null;
        try
        {
            var warnings = SchemaCheck.Check(files);
            var fingerprint = files.Fingerprint();
            health = new CatalogProbe(files, fingerprint);
            var pool = new ReaderPool(options, pool => new SqliteReader(
                pool,
                Connection.OpenImmutable(files.Main, options.CacheSize, options.MmapSize),
                files.TrackFiles is { } trackFiles ? Connection.OpenImmutable(trackFiles, options.CacheSize, options.MmapSize) : null));
            return new SqliteCatalog(options, files, pool, health, fingerprint, warnings);
        }
        catch (SqliteException e)
        {
            health?.Dispose();
            throw new OperatorException(e.Code == NativeMethods.NotADatabase
                ? $"{e.Detail}. Check that the download is complete and that -db names main_database.sqlite3."
                : $"{e.Detail}. Check that the file is whole and that this user may read it.");
        }
    }

    /// <summary>What the log tells about the files when they are opened: their paths and sizes, their rows, and how SQLite reads them.</summary>
    /// <exception cref="SqliteException">A file cannot be read.</exception>
    public (string Files, string Rows, string Pragmas) Describe()
    {
        var files = new[] { _files.Main, _files.TrackFiles }.OfType<string>()
            .Select(path => string.Create(CultureInfo.InvariantCulture, $"{path} of {CatalogFiles.Stat(path).Length} bytes"));
        var rows = new CatalogCheck(_files).EstimateRows().Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Table} {table.Rows}"));
        using var connection = Connection.OpenImmutable(_files.Main, _options.CacheSize, _options.MmapSize);
        return (string.Join(", ", files), string.Join(", ", rows), connection.EffectivePragmas());
    }

    /// <inheritdoc/>
    public ValueTask<ICatalogReader> RentAsync(ReaderWork work, CancellationToken cancellation) => _pool.RentAsync(work, cancellation);

    /// <inheritdoc/>
    public int IdleReaders => _pool.Idle;

    /// <inheritdoc/>
    public ICatalogReader? TryRentIdle(CancellationToken cancellation) => _pool.TryRentIdle(cancellation);

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
