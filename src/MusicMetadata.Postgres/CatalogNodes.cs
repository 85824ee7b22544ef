using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>Connections that read one catalog, on nodes that have just this one.</summary>
internal sealed class CatalogNodes : IDisposable
{
    private readonly NpgsqlDataSource _usual;
    private readonly NpgsqlDataSource _any;

    /// <summary>Opens none yet.</summary>
    /// <param name="address">The database.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="connections">How many there may be to each node.</param>
    public CatalogNodes(PostgresAddress address, RegisteredCatalog catalog, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(address.Settings.ConnectionString)
        {
            SearchPath = catalog.SchemaName,
            MaxPoolSize = connections,
        };
        _usual = Nodes.Build(settings, connection => CheckAsync(connection, catalog));

        // A node that failed is left alone for some seconds. When nodes are restarted one after another, that soon is all of them.
        settings.HostRecheckSeconds = 0;
        settings.ConnectionIdleLifetime = 10;
        settings.ConnectionPruningInterval = 5;
        _any = Nodes.Build(settings, connection => CheckAsync(connection, catalog));
    }

    /// <summary>Opens a connection to a node, or takes one of the pool.</summary>
    /// <param name="isFirst">False when a node has failed just now: then all are tried, even those to be left alone.</param>
    /// <param name="cancellation">Ends it.</param>
    public ValueTask<NpgsqlConnection> OpenAsync(bool isFirst, CancellationToken cancellation) =>
        (isFirst ? _usual : _any).OpenConnectionAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _usual.Dispose();
        _any.Dispose();
    }

    /// <summary>
    /// Refuses a node with another catalog, and a standby that has not come as far. An I/O error is what makes Npgsql leave a node alone
    /// for a while and go to the next.
    /// </summary>
    private static async Task CheckAsync(NpgsqlConnection connection, RegisteredCatalog catalog)
    {
        string? identity = null;
        try
        {
            await using var command = new NpgsqlCommand("select identity from about", connection);
            identity = await command.ExecuteScalarAsync() as string;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No such catalog.
        }

        if (identity != catalog.Identity.Value)
        {
            throw new NpgsqlException(
                "Not used", new IOException($"{Nodes.NameOf(connection)} does not have catalog {catalog.Identity}"));
        }
    }
}
