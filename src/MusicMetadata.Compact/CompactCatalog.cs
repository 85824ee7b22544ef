using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Compact.Reading;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact;

/// <summary>The catalog in one compact file.</summary>
public sealed class CompactCatalog : ICatalogStore
{
    private const string LastAlbum = """
        SELECT
            blob
        FROM album
        ORDER BY key DESC
        LIMIT 1
        """;

    private readonly StoreOptions _options;
    private readonly ReaderPool<CompactReader> _pool;
    private readonly FileProbe _health;

    private CompactCatalog(StoreOptions options, ReaderPool<CompactReader> pool, FileProbe health, CatalogIdentity identity)
    {
        _options = options;
        _pool = pool;
        _health = health;
        SourceIdentity = identity;
        Identity = options.CatalogId ?? identity;
        Warnings = [.. SqliteFile.PendingChanges(options.Database)];
    }

    /// <inheritdoc/>
    public CatalogIdentity Identity { get; }

    /// <inheritdoc/>
    public CatalogIdentity IndexIdentity => Identity;

    /// <inheritdoc/>
    public CatalogIdentity SourceIdentity { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Some two milliseconds on the slowest disks, next to nothing in memory.</summary>
    public int BatchSize => 8;

    /// <inheritdoc/>
    public StoreLoad Load => _pool.Load;

    /// <summary>Opens the file.</summary>
    /// <exception cref="OperatorException">It is missing, unreadable, damaged, of another version, or was replaced meanwhile.</exception>
    public static CompactCatalog Open(StoreOptions options)
    {
        var path = options.Database;
        SqliteFile.CheckReadable(path, nameof(StoreOptions.Database));
        FileProbe? health = null;
        ReaderPool<CompactReader>? pool = null;
        try
        {
            var stamp = FileStamp.Of([path]);
            health = new FileProbe([(path, LastAlbum)], stamp);
            CompactFile file;
            using (var connection = SqliteFile.OpenForServing(path, cacheBytes: 64 * 1024, mmapBytes: 0))
            {
                file = CompactFile.Read(connection);
            }

            pool = new ReaderPool<CompactReader>(options, pool => OpenReader(pool, options, file));

            // Every reader opened the file by its path: all of them, and the identity, must be of the same one.
            return FileStamp.Of([path]) == stamp
                ? new CompactCatalog(options, pool, health, file.Identity)
                : throw new OperatorException($"{path} was replaced or written to while it was opened. Try again when it is in place.");
        }
        catch (Exception e)
        {
            pool?.Dispose();
            health?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new OperatorException($"{path} cannot be read: {e.Message}");
            }

            if (e is not CatalogException catalog)
            {
                throw;
            }

            throw new OperatorException($"{catalog.Detail}. Check that the file is whole and that this user may read it.");
        }
    }

    /// <inheritdoc/>
    public string? FindProblem() => null;

    /// <inheritdoc/>
    public string? FindProblemInPlaceOf(ICatalogStore served) => null;

    /// <inheritdoc/>
    public (string Place, string Reading) Describe()
    {
        using var connection = SqliteFile.OpenForServing(_options.Database, _options.CacheSize, _options.MmapSize);
        return (
            string.Create(CultureInfo.InvariantCulture, $"{_options.Database} of {Storage.Stat(_options.Database).Length} bytes"),
            $"each with {connection.EffectivePragmas()} for each file");
    }

    /// <inheritdoc/>
    public ValueTask<ICatalogReader?> TryRentReaderAsync(ReaderPurpose purpose, Deadline deadline) => _pool.TryRentAsync(purpose, deadline);

    /// <inheritdoc/>
    public ICatalogReader? TryRentIdleReader(Deadline deadline) => _pool.TryRentIdle(deadline);

    /// <inheritdoc/>
    public CatalogHealth CheckHealth() => _health.Check();

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        _health.Dispose();
    }

    private static CompactReader OpenReader(ReaderPool<CompactReader> pool, StoreOptions options, CompactFile file)
    {
        var connection = SqliteFile.OpenForServing(options.Database, options.CacheSize, options.MmapSize);
        try
        {
            return new CompactReader(pool, connection, file);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
