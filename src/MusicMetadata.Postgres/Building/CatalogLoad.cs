using System.Globalization;
using MusicMetadata.Catalog;
using Npgsql;

namespace MusicMetadata.Postgres.Building;

/// <summary>
/// Copies a catalog of another store into a database. It gets a schema of its own, and servers see it by one row that is written at the
/// end. Stopped or killed, it goes on after the last piece that was committed.
/// </summary>
/// <param name="source">The catalog.</param>
/// <param name="name">What messages call it, such as the path of its database.</param>
/// <param name="address">The database to load it into.</param>
/// <param name="say">Takes lines for the operator.</param>
/// <param name="progress">Is told how far the work has come.</param>
public sealed class CatalogLoad(
    ICatalogStore source, string name, PostgresAddress address, Action<string> say, IWorkProgress progress)
{
    /// <summary>Any number that no other program locks in the same database.</summary>
    private const long Lock = 0x6d75_7369_636d_6574;

    /// <summary>Loads the catalog, and lets it be served.</summary>
    /// <exception cref="OperatorException">It cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await using var nodes = Nodes.OpenForWriting(address);
            await using var connection = await nodes.OpenConnectionAsync(cancellation);
            if (!await LockAsync(connection))
            {
                throw new OperatorException($"Another load into {address} is under way. Wait for its end.");
            }

            await LoadAsync(connection, cancellation);
        }
        catch (CatalogException e)
        {
            throw new OperatorException($"{name} cannot be read: {e.Detail}");
        }
        catch (Exception e) when (PostgresFailure.IsOfDatabase(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new OperatorException(
                $"Loading into {address} failed: {PostgresFailure.Describe(e)} What was copied is kept: the same command continues.");
        }
    }

    private async Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var schemas = new CatalogSchemas(connection, address, cancellation);
        var identity = CatalogSchemas.IdentityOf(source.SourceIdentity);
        var schema = CatalogSchemas.NameOf(identity);
        await schemas.MigrateAsync();
        if (await schemas.IsFinishedAsync(schema))
        {
            await schemas.SwitchToAsync(schema);
            say($"{address} has {name} already, as schema {schema}, and serves it now.");
            return;
        }

        foreach (var abandoned in await schemas.FindUnfinishedAsync(other: schema))
        {
            await schemas.DropAsync(abandoned);
            say($"Removed schema {abandoned}: the load of another catalog that did not come to its end.");
        }

        await schemas.CreateAsync(schema, identity, name);
        await schemas.UseAsync(schema);
        var mended = await CopyAsync(connection, cancellation);
        await CreateIndexesAsync(connection, cancellation);
        await schemas.FinishAsync(schema, identity);
        foreach (var old in await schemas.FindOlderThanPreviousAsync())
        {
            await schemas.DropAsync(old);
            say($"Removed schema {old}, a catalog from before the last one.");
        }

        if (mended > 0)
        {
            say(string.Create(
                CultureInfo.InvariantCulture,
                $"{mended:N0} texts had a NUL or were no UTF-8, which PostgreSQL cannot hold: they have U+FFFD."));
        }

        say($"Loaded {name} into {address} as catalog {identity}: {await schemas.DescribeSizeAsync()}.");
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"select pg_try_advisory_lock({Lock})"), connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Copies all entities; returns how many texts had to be changed.</summary>
    private async Task<long> CopyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        using var reader = await source.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never(cancellation));
        var copy = new EntityCopy(reader, connection, progress, cancellation);
        await copy.RunAsync(Entity.Artist, "artist");
        await copy.RunAsync(Entity.Album, "album");
        await copy.RunAsync(Entity.Track, "track");
        return copy.Mended;
    }

    /// <summary>Indexes and statistics come after the rows: row by row they would take several times as long.</summary>
    private async Task CreateIndexesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var statements = SqlFile.Read("indexes.sql").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        using var stage = progress.Begin("indexes", statements.Length + 1);
        await RunAsync("set maintenance_work_mem = '256MB'");
        for (var i = 0; i < statements.Length; i++)
        {
            await RunAsync(statements[i]);
            stage.Advance(i + 1);
        }

        await RunAsync("analyze artist, album, track, artist_album");
        stage.Advance(statements.Length + 1);

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
