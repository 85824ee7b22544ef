using MusicMetadata.Catalog;

namespace MusicMetadata.Postgres;

/// <summary>The catalog that a database serves: the newest of those that were loaded into it.</summary>
public sealed class PostgresSource(PostgresAddress address) : ICatalogSource
{
    /// <summary>The <see cref="OperatorException.Setting"/> of an error that loading a catalog mends.</summary>
    public const string NoCatalog = nameof(NoCatalog);

    /// <inheritdoc/>
    public CatalogIdentity Identity() => FindNewest().Identity;

    /// <inheritdoc/>
    public ICatalogStore Open(StoreOptions options) => PostgresCatalog.Open(address, FindNewest(), options);

    /// <summary>
    /// Asks the primary, which knows first, and a standby only when that is gone. Not on a thread of requests, and Npgsql's time-outs bound
    /// it.
    /// </summary>
    private RegisteredCatalog FindNewest()
    {
        try
        {
            return Task.Run(async () =>
            {
                await using var nodes = Nodes.OpenForRegistry(address);
                await using var connection = await nodes.OpenConnectionAsync();
                return await CatalogRegistry.FindNewestAsync(connection, address);
            }).GetAwaiter().GetResult();
        }
        catch (Exception e) when (PostgresFailure.IsOfDatabase(e))
        {
            throw PostgresFailure.Unusable(address, e);
        }
    }
}
