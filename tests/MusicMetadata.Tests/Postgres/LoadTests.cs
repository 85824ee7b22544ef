namespace MusicMetadata.Tests.Postgres;

/// <summary><c>metadata-api load</c>: what it makes, goes on with, and refuses.</summary>
[Collection(PostgresTests.Name)]
public class LoadTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_load_that_is_killed_at_any_point_leaves_nothing_to_serve_and_goes_on_when_started_again()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        await DemoCatalogs.EnsureAsync(folder.Path, tracks: 60_000);
        var database = folder["main_database.sqlite3"];
        var address = await postgres.Cluster.CreateDatabaseAsync();
        var kills = 0;
        for (var delay = 300; ; delay += 300)
        {
            await using (var load = ServerProcess.Launch(["load", "-db", database, "-to", address], postgres.Cluster.Environment))
            {
                await Task.Delay(delay);
                if (load.HasExited)
                {
                    Assert.Equal(0, await load.WaitForExitAsync());
                    break;
                }

                load.EndAtOnce();
                _ = await load.WaitForExitAsync();
                kills++;
            }

            // The server of the connection notices that the client has gone when it next speaks to it.
            await Wait.UntilAsync(async () => await postgres.Cluster.QueryAsync(
                "select count(*) from pg_locks where locktype = 'advisory'", address) == "0\n");
            var (exitCode, output) = await postgres.RunAsync("-db", address, "-addr", "127.0.0.1:0");
            Assert.Equal(1, exitCode);
            Assert.Matches("has no catalog|has only a part of a catalog", output);
        }

        Assert.True(kills > 0);
        Assert.Equal("60000\n", await CountAsync(address, "track", "count(*)"));
        Assert.Equal("60000\n", await CountAsync(address, "track", "count(distinct key)"));
    }

    [Fact]
    public async Task A_catalog_that_is_there_is_not_copied_again_and_is_served_again()
    {
        Needs.Postgres();
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        var one = first.AddConformanceCatalog();
        await DemoCatalogs.EnsureAsync(second.Path, tracks: 100);
        var address = await postgres.LoadAsync(one);
        var (exitCode, output) = await postgres.RunAsync("load", "-db", second["main_database.sqlite3"], "-to", address);
        Assert.True(exitCode == 0, output);
        Assert.Contains("main_database.sqlite3", await SourceOfNewestAsync(address), StringComparison.Ordinal);
        Assert.StartsWith(second.Path, await SourceOfNewestAsync(address), StringComparison.Ordinal);
        (exitCode, output) = await postgres.RunAsync("load", "-db", one, "-to", address);
        Assert.True(exitCode == 0, output);
        Assert.Contains("has", output, StringComparison.Ordinal);
        Assert.StartsWith(first.Path, await SourceOfNewestAsync(address), StringComparison.Ordinal);
        Assert.Equal("2\n", await postgres.Cluster.QueryAsync("select count(*) from metadata_api.catalog", address));
    }

    [Fact]
    public async Task What_it_did_not_make_is_left_alone()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var address = await postgres.Cluster.CreateDatabaseAsync();
        _ = await postgres.Cluster.QueryAsync("create schema metadata_api", address);
        ServerProcess.AssertRefused("that this program did not make", await postgres.RunAsync("load", "-db", database, "-to", address));
        _ = await postgres.Cluster.QueryAsync("drop schema metadata_api", address);
        var (exitCode, output) = await postgres.RunAsync("load", "-db", database, "-to", address);
        Assert.True(exitCode == 0, output);
        _ = await postgres.Cluster.QueryAsync("delete from metadata_api.catalog", address);
        ServerProcess.AssertRefused("that this program did not make", await postgres.RunAsync("load", "-db", database, "-to", address));
    }

    [Fact]
    public async Task A_second_load_at_the_same_time_is_refused()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        await DemoCatalogs.EnsureAsync(folder.Path, tracks: 60_000);
        var address = await postgres.Cluster.CreateDatabaseAsync();
        await using var load = ServerProcess.Launch(
            ["load", "-db", folder["main_database.sqlite3"], "-to", address], postgres.Cluster.Environment);
        await Wait.UntilAsync(async () => await postgres.Cluster.QueryAsync(
            "select count(*) from pg_locks where locktype = 'advisory' and granted", address) == "1\n");
        ServerProcess.AssertRefused(
            "is under way", await postgres.RunAsync("load", "-db", folder["main_database.sqlite3"], "-to", address));
    }

    private Task<string> SourceOfNewestAsync(string address) => postgres.Cluster.QueryAsync(
        "select source from metadata_api.catalog where finished_at is not null order by number desc limit 1", address);

    private async Task<string> CountAsync(string address, string table, string what)
    {
        var schema = (await postgres.Cluster.QueryAsync("select schema_name from metadata_api.catalog", address)).Trim();
        return await postgres.Cluster.QueryAsync($"select {what} from {schema}.{table}", address);
    }
}
