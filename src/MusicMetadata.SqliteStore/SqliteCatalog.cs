using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.SqliteStore;

/// <summary>The catalog in its two SQLite files.</summary>
public sealed class SqliteCatalog : ICatalogStore
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

    private readonly ReaderPool<SqliteReader> _pool;
    private readonly FileProbe _health;
    private readonly CatalogFiles _files;
    private readonly StoreOptions _options;

    private SqliteCatalog(
        StoreOptions options,
        CatalogFiles files,
        ReaderPool<SqliteReader> pool,
        FileProbe health,
        (CatalogIdentity Main, CatalogIdentity Both) identities,
        IReadOnlyList<string> warnings)
    {
        _options = options;
        _files = files;
        _pool = pool;
        _health = health;
        SourceIdentity = identities.Both;
        Identity = options.CatalogId ?? identities.Both;
        IndexIdentity = options.CatalogId ?? identities.Main;
        Warnings = warnings;
    }

    /// <inheritdoc/>
    public CatalogIdentity Identity { get; }

    /// <inheritdoc/>
    public CatalogIdentity IndexIdentity { get; }

    /// <inheritdoc/>
    public CatalogIdentity SourceIdentity { get; }

    /// <summary>A quarter of a millisecond in memory, a second or two on the slowest disks.</summary>
    public int BatchSize => 8;

    /// <summary>Whether there is a second file.</summary>
    public bool HasTrackFiles => _files.TrackFiles is not null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Opens both files.</summary>
    /// <exception cref="OperatorException">
    /// The main database is missing, unreadable, damaged or not the expected one, or was replaced meanwhile.
    /// </exception>
    public static SqliteCatalog Open(StoreOptions options)
    {
        var files = CatalogFiles.Find(options.Database);
        FileProbe? health = null;
        ReaderPool<SqliteReader>? pool = null;
        try
        {
            var stamp = files.Stamp();
            var identities = files.Identities();
            var warnings = SchemaCheck.Check(files);
            health = new FileProbe([.. files.Paths.Zip((string[])[LastTrack, LastTrackFile])], stamp);
            pool = new ReaderPool<SqliteReader>(options, pool => SqliteReader.Open(pool, files, options));

            // Every reader opened the files by their paths: all of them, and the identity, must be of the same ones.
            return files.Stamp() == stamp
                ? new SqliteCatalog(options, files, pool, health, identities, warnings)
                : throw new OperatorException(
                    $"{files.Main} or the file beside it was replaced or written to while it was opened. Try again when they are in "
                        + "place.");
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

    /// <inheritdoc/>
    public string? FindProblem()
    {
        try
        {
            return new CatalogCheck(_files).CheckPair().Problem;
        }
        catch (SqliteException e)
        {
            return e.Detail;
        }
    }

    /// <summary>
    /// Two files cannot be renamed at once: one of each catalog may be there, and even stay there when whoever renames them is interrupted.
    /// </summary>
    public string? FindProblemInPlaceOf(ICatalogStore served) => served is SqliteCatalog { HasTrackFiles: true } && !HasTrackFiles
        ? $"{CatalogSchema.TrackFilesFileName} is no longer beside {_files.Main}. Put it there and reload, or start the server "
            + "again to serve without it."
        : FindProblem();

    /// <inheritdoc/>
    public (string Place, string Reading) Describe()
    {
        var files = new[] { _files.Main, _files.TrackFiles }.OfType<string>()
            .Select(path => string.Create(CultureInfo.InvariantCulture, $"{path} of {Storage.Stat(path).Length} bytes"));
        using var connection = SqliteFile.OpenForServing(_files.Main, _options.CacheSize, _options.MmapSize);
        return (string.Join(", ", files), $"each with {connection.EffectivePragmas()} for each file");
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
