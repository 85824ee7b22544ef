using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Postgres.Reading;
using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>A catalog in a PostgreSQL database, read from whichever nodes have it.</summary>
public sealed class PostgresCatalog : ICatalogStore
{
    private static readonly TimeSpan HealthLimit = TimeSpan.FromSeconds(4);

    private readonly PostgresAddress _address;
    private readonly RegisteredCatalog _catalog;
    private readonly CatalogNodes _nodes;
    private readonly ReaderPool<PostgresReader> _pool;

    private PostgresCatalog(PostgresAddress address, RegisteredCatalog catalog, StoreOptions options)
    {
        _address = address;
        _catalog = catalog;
        Identity = options.CatalogId ?? catalog.Identity;

        // One more for health, which does not wait for a reader.
        _nodes = new CatalogNodes(address, catalog, options.Readers + 1);
        _pool = new ReaderPool<PostgresReader>(options, pool => new PostgresReader(pool, _nodes));
        foreach (var node in Nodes.NamesOf(address))
        {
            _ = PostgresMetrics.RoundTripsOf(node);
        }
    }

    /// <inheritdoc/>
    public CatalogIdentity Identity { get; }

    /// <inheritdoc/>
    public CatalogIdentity IndexIdentity => Identity;

    /// <inheritdoc/>
    public CatalogIdentity SourceIdentity => _catalog.Identity;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [];

    /// <summary>As many as a batch has: each question is a journey.</summary>
    public int BatchSize => 400;

    /// <inheritdoc/>
    public StoreLoad Load => _pool.Load;

    /// <summary>Opens a catalog, and asks it something.</summary>
    /// <exception cref="OperatorException">No node answers.</exception>
    internal static PostgresCatalog Open(PostgresAddress address, RegisteredCatalog catalog, StoreOptions options)
    {
        var store = new PostgresCatalog(address, catalog, options);
        if (store.CheckHealth().Problem is { } problem)
        {
            store.Dispose();
            throw new OperatorException(problem);
        }

        return store;
    }

    /// <inheritdoc/>
    public ValueTask<ICatalogReader?> TryRentReaderAsync(ReaderPurpose purpose, Deadline deadline) => _pool.TryRentAsync(purpose, deadline);

    /// <inheritdoc/>
    public ICatalogReader? TryRentIdleReader(Deadline deadline) => _pool.TryRentIdle(deadline);

    /// <inheritdoc/>
    public string? FindProblem() => null;

    /// <summary>A standby that lags may still name the catalog before the one that is served.</summary>
    public string? FindProblemInPlaceOf(ICatalogStore served) =>
        served is PostgresCatalog other && other._catalog.Number > _catalog.Number
            ? $"{_address} names catalog {_catalog.Identity}, which is older than {other._catalog.Identity}, the one that is served: the "
                + "primary does not answer, and a standby has not come as far."
            : null;

    /// <inheritdoc/>
    public (string Place, string Reading) Describe() => (
        $"{_address}, schema {_catalog.SchemaName}, loaded from {_catalog.Source}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"which ask {string.Join(", ", Nodes.NamesOf(_address))} and wait {_address.Settings.CommandTimeout} s for an answer"));

    /// <summary>Good as long as any node has the catalog. A newer one beside it takes nothing away from this one.</summary>
    public CatalogHealth CheckHealth()
    {
        try
        {
            // Called on a thread that may wait; the time-out is for a node that accepts connections and says nothing.
            Task.Run(AskAsync).WaitAsync(HealthLimit).GetAwaiter().GetResult();
            return CatalogHealth.Good;
        }
        catch (Exception e) when (PostgresFailure.IsOfDatabase(e))
        {
            return new CatalogHealth(
                IsReadable: false, IsCurrent: true, $"{_address} cannot be read: {PostgresFailure.Describe(e)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        _nodes.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            await AskAsync(isFirst: true);
        }
        catch (Exception e) when (PostgresFailure.IsOfDatabase(e))
        {
            await AskAsync(isFirst: false);
        }
    }

    private async Task AskAsync(bool isFirst)
    {
        await using var connection = await _nodes.OpenAsync(isFirst, CancellationToken.None);
        await using var command = new NpgsqlCommand("select identity from about", connection);
        _ = await command.ExecuteScalarAsync();
    }
}
