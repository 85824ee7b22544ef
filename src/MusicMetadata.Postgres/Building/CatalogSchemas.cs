using System.Globalization;
using System.IO.Hashing;
using System.Text;
using MusicMetadata.Catalog;
using Npgsql;

namespace MusicMetadata.Postgres.Building;

/// <summary>Makes, finishes and drops the schemas of catalogs, and keeps the table that tells of them.</summary>
internal sealed class CatalogSchemas(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellation)
{
    private const string Table = $"{CatalogRegistry.SchemaName}.catalog";

    /// <summary>The identity of a catalog in PostgreSQL: of what it was loaded from, and of the form of the tables.</summary>
    public static CatalogIdentity IdentityOf(CatalogIdentity source) => new(Convert.ToHexStringLower(XxHash128.Hash(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CatalogRegistry.Format} {source}")))));

    /// <summary>The schema of a catalog: the same for the same one, so that a load finds what it began.</summary>
    public static string NameOf(CatalogIdentity identity) => "catalog_" + identity.Value[..16];

    /// <summary>Brings the tables that tell of catalogs to the form of this version.</summary>
    /// <exception cref="OperatorException">There is a schema of their name from elsewhere, or from a newer version.</exception>
    public async Task MigrateAsync()
    {
        var version = await Migrations.FindVersionAsync(connection);
        if (version is null && await ExistsAsync(CatalogRegistry.SchemaName))
        {
            throw new OperatorException(
                $"{address} has a schema {CatalogRegistry.SchemaName} that this program did not make. Load into another database.");
        }

        if (version > Migrations.Latest)
        {
            throw new OperatorException(CatalogRegistry.TooNew(address, version.Value));
        }

        await Migrations.RunAsync(connection, cancellation);
    }

    /// <summary>Whether a catalog is whole.</summary>
    public async Task<bool> IsFinishedAsync(string schema) =>
        await QueryAsync($"select schema_name from {Table} where schema_name = '{schema}' and finished_at is not null") is [_];

    /// <summary>The schemas of catalogs that are not whole, but for one.</summary>
    public Task<List<string>> FindUnfinishedAsync(string other) =>
        QueryAsync($"select schema_name from {Table} where finished_at is null and schema_name <> '{other}'");

    /// <summary>The schemas of whole catalogs but the two newest: servers may still read the one before.</summary>
    public Task<List<string>> FindOlderThanPreviousAsync() =>
        QueryAsync($"select schema_name from {Table} where finished_at is not null order by number desc offset 2");

    /// <summary>Makes a schema with empty tables, unless it was begun before.</summary>
    /// <exception cref="OperatorException">There is one of its name that this program did not make.</exception>
    public async Task CreateAsync(string schema, CatalogIdentity identity, string source)
    {
        if (await QueryAsync($"select schema_name from {Table} where schema_name = '{schema}'") is [_])
        {
            return;
        }

        if (await ExistsAsync(schema))
        {
            throw new OperatorException($"{address} has a schema {schema} that this program did not make. Rename or drop it.");
        }

        var name = source.Replace("'", "''", StringComparison.Ordinal);
        await RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
            begin;
            create schema {schema};
            set local search_path to {schema};
            {SqlFile.Read("tables.sql")}
            insert into {Table} (schema_name, identity, format, source)
            values ('{schema}', '{identity}', {CatalogRegistry.Format}, '{name}');
            commit;
            """));
    }

    /// <summary>Lets statements that name no schema mean this one.</summary>
    public Task UseAsync(string schema) => RunAsync($"set search_path to {schema}");

    /// <summary>Says that a catalog is whole and lets it be served, at one moment.</summary>
    public Task FinishAsync(string schema, CatalogIdentity identity) => RunAsync($"""
        begin;
        insert into about (identity) values ('{identity}');
        update {Table} set finished_at = now(), number = default where schema_name = '{schema}';
        commit;
        """);

    /// <summary>Lets a whole catalog be served in place of a newer one.</summary>
    public Task SwitchToAsync(string schema) => RunAsync($"""
        update {Table} set number = default
        where schema_name = '{schema}' and number < (select max(number) from {Table} where finished_at is not null)
        """);

    /// <summary>Removes a catalog.</summary>
    public Task DropAsync(string schema) => RunAsync($"""
        begin;
        drop schema if exists {schema} cascade;
        delete from {Table} where schema_name = '{schema}';
        commit;
        """);

    /// <summary>Rows and bytes of the catalog in use, in words.</summary>
    public async Task<string> DescribeSizeAsync() => (await QueryAsync("""
        select format(
            '%s artists, %s albums, %s tracks, %s bytes',
            (select row_count from loaded where entity = 'artist'),
            (select row_count from loaded where entity = 'album'),
            (select row_count from loaded where entity = 'track'),
            (select sum(pg_total_relation_size(c.oid)) from pg_class c
                where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'))
        """))[0];

    private async Task<bool> ExistsAsync(string schema) =>
        await QueryAsync($"select nspname::text from pg_namespace where nspname = '{schema}'") is [_];

    private async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<List<string>> QueryAsync(string sql)
    {
        var values = new List<string>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            values.Add(rows.GetString(0));
        }

        return values;
    }
}
