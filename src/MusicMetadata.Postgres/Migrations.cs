using System.Globalization;
using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>
/// Brings the tables that tell about catalogs to the form that this version knows: numbered SQL files in the executable, each in one
/// transaction. Only loading does so; servers read.
/// </summary>
internal static class Migrations
{
    /// <summary>The number of the last one.</summary>
    public const int Latest = 1;

    private const string VersionTable = $"{CatalogRegistry.SchemaName}.schema_version";

    /// <summary>The number of the last one that a database has; null when it has none.</summary>
    public static async Task<int?> FindVersionAsync(NpgsqlConnection connection)
    {
        await using var exists = new NpgsqlCommand($"select to_regclass('{VersionTable}') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync())!)
        {
            return null;
        }

        await using var version = new NpgsqlCommand($"select max(version) from {VersionTable}", connection);
        return await version.ExecuteScalarAsync() as int?;
    }

    /// <summary>Runs those that a database lacks. The caller holds the lock that keeps others out.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var version = await FindVersionAsync(connection) ?? 0;
        while (version < Latest)
        {
            version++;
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var sql = version == 1
                ? $"create schema {CatalogRegistry.SchemaName}; create table {VersionTable} (version integer primary key);"
                : "";
            sql += $"set local search_path to {CatalogRegistry.SchemaName};" + SqlFile.Read(NameOf(version))
                + string.Create(CultureInfo.InvariantCulture, $"insert into {VersionTable} (version) values ({version});");
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    private static string NameOf(int version) =>
        SqlFile.Names.Single(name => name.StartsWith(version.ToString("0000-", CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
