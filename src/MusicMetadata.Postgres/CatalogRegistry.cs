using System.Globalization;
using MusicMetadata.Catalog;
using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>One catalog of a database.</summary>
/// <param name="Number">Higher for one that was begun later.</param>
/// <param name="SchemaName">The schema that its tables are in.</param>
/// <param name="Identity">Its identity, which <c>about</c> in the schema has too once it is whole.</param>
/// <param name="Source">What it was loaded from.</param>
internal sealed record RegisteredCatalog(int Number, string SchemaName, CatalogIdentity Identity, string Source);

/// <summary>Tells which catalog of a database is served: the newest that is whole.</summary>
internal static class CatalogRegistry
{
    /// <summary>The schema of the tables that tell about catalogs.</summary>
    public const string SchemaName = "metadata_api";

    /// <summary>The form of a catalog's tables. Goes up when they change, and a catalog of another one must be loaded again.</summary>
    public const int Format = 1;

    private const string Newest = $"""
        select number, schema_name, identity, source, format
        from {SchemaName}.catalog
        where finished_at is not null
        order by number desc
        limit 1
        """;

    /// <summary>Finds the catalog to serve.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="address">The database, for messages.</param>
    /// <exception cref="OperatorException">There is none, or none that this version can read.</exception>
    public static async Task<RegisteredCatalog> FindNewestAsync(NpgsqlConnection connection, PostgresAddress address)
    {
        var version = await Migrations.FindVersionAsync(connection);
        if (version is null)
        {
            throw new OperatorException($"{address} has no catalog.", PostgresSource.NoCatalog);
        }

        if (version > Migrations.Latest)
        {
            throw new OperatorException(TooNew(address, version.Value));
        }

        await using var command = new NpgsqlCommand(Newest, connection);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            throw new OperatorException(
                $"{address} has only a part of a catalog: its load did not come to its end. The same load, started again, goes on.");
        }

        var format = reader.GetInt32(4);
        return format == Format
            ? new RegisteredCatalog(reader.GetInt32(0), reader.GetString(1), new CatalogIdentity(reader.GetString(2)), reader.GetString(3))
            : throw new OperatorException(
                $"{address} has a catalog in format {format}, and this program reads format {Format}. Load it again with this version.");
    }

    /// <summary>What the operator is told of tables that a newer version of this program made.</summary>
    public static string TooNew(PostgresAddress address, int version) => string.Create(
        CultureInfo.InvariantCulture,
        $"{address} has version {version} of its tables of catalogs, and this program only {Migrations.Latest}. Use a newer one.");
}
