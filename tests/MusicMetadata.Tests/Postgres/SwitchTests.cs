using System.Net;

namespace MusicMetadata.Tests.Postgres;

/// <summary>Changes under a running server: a new catalog, nodes that come and go.</summary>
[Collection(PostgresTests.Name)]
public class SwitchTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_new_catalog_is_served_without_a_restart_and_the_old_one_until_then()
    {
        Needs.Postgres();
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        var database = first.AddConformanceCatalog();
        await DemoCatalogs.EnsureAsync(second.Path, tracks: 500);
        var oldPath = "/lookup/track/" + DemoCatalogs.Texts(database, "SELECT id FROM tracks LIMIT 1")[0];
        var newPath = "/lookup/track/" + DemoCatalogs.Texts(second["main_database.sqlite3"], "SELECT id FROM tracks LIMIT 1")[0];
        var address = await postgres.LoadAsync(database);
        await using var watching = await postgres.ServeAsync(address, "-watch", "1");
        await using var told = await postgres.ServeAsync(address);
        var (exitCode, output) = await postgres.RunAsync("load", "-db", second["main_database.sqlite3"], "-to", address);
        Assert.True(exitCode == 0, output);
        await watching.WaitForStatusAsync(newPath, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await told.StatusAsync(oldPath));
        Assert.Equal(HttpStatusCode.OK, await told.StatusAsync("/readyz"));
        told.Signal(ServerProcess.HangUp);
        await told.WaitForStatusAsync(newPath, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, await told.StatusAsync(oldPath));
    }

    [Fact]
    public async Task A_node_that_stops_costs_no_request_and_without_any_the_server_is_not_ready()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var address = await postgres.LoadAsync(database);
        var path = "/lookup/track/" + DemoCatalogs.Texts(database, "SELECT id FROM tracks LIMIT 1")[0];
        await using var server = await postgres.ServeAsync(address);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync(path));
        try
        {
            await postgres.Cluster.ChangeAsync("stop", "standby1");
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync(path));
            await postgres.Cluster.ChangeAsync("stop", "primary");
            await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.StatusAsync(path));
        }
        finally
        {
            await postgres.Cluster.ChangeAsync("start", "primary");
            await postgres.Cluster.ChangeAsync("start", "standby1");
        }

        await server.WaitForStatusAsync("/readyz", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync(path));
    }

    [Fact]
    public async Task A_node_with_another_catalog_is_not_asked()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        using var otherFolder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        await DemoCatalogs.EnsureAsync(otherFolder.Path, tracks: 500);
        var address = await postgres.LoadAsync(database);
        await using var foreign = await PostgresCluster.StartAsync(standbys: 0);
        var name = address[(address.LastIndexOf('/') + 1)..];
        _ = await foreign.QueryAsync($"create database {name}; ");
        _ = await foreign.QueryAsync($"alter user music password '{await PasswordAsync()}'");
        var foreignAddress = foreign.Primary[..(foreign.Primary.LastIndexOf('/') + 1)] + name;
        var (exitCode, output) = await postgres.RunAsync("load", "-db", otherFolder["main_database.sqlite3"], "-to", foreignAddress);
        Assert.True(exitCode == 0, output);
        var foreignHost = foreignAddress[(foreignAddress.IndexOf('@', StringComparison.Ordinal) + 1)..foreignAddress.LastIndexOf('/')];
        var both = address.Insert(address.LastIndexOf('/'), "," + foreignHost);
        await using var server = await postgres.ServeAsync(both);
        foreach (var id in DemoCatalogs.Texts(database, "SELECT id FROM tracks LIMIT 100"))
        {
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/lookup/track/" + id));
        }

        var metrics = await server.Client.GetStringAsync("/metrics");
        Assert.Contains($"metadata_api_postgres_round_trips_total{{node=\"{foreignHost}\"}} 0", metrics, StringComparison.Ordinal);

        async Task<string> PasswordAsync() =>
            (await File.ReadAllTextAsync(postgres.Cluster.Environment["PGPASSFILE"])).Trim().Split(':')[^1];
    }
}
