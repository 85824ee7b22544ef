using System.Net;

namespace MusicMetadata.Tests.Postgres;

/// <summary>Each mistake of an operator is one clear line.</summary>
[Collection(PostgresTests.Name)]
public class BadInputTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("postgresql://music:secret@localhost/music", "has a password")]
    [InlineData("postgresql://music@localhost/music?password=secret", "has a password")]
    [InlineData("postgresql://localhost/music", "names no user")]
    [InlineData("postgresql://music@localhost", "names no database")]
    [InlineData("postgresql://music@/music", "names no host")]
    [InlineData("postgresql://music@localhost/music?sslmode=maybe", "sslmode=maybe is not understood")]
    [InlineData("postgresql://music@localhost/music?colour=red", "colour=red is not understood")]
    [InlineData("postgresql://music@no-such-host.invalid/music", "Check host and port")]
    public async Task An_address_that_is_none_or_leads_nowhere_is_refused_without_showing_a_password(string address, string reason)
    {
        Needs.Linux("PostgreSQL's packages");
        var ended = await ServerProcess.RunAsync("-db", address, "-addr", "127.0.0.1:0");
        ServerProcess.AssertRefused(reason, ended);
        Assert.DoesNotContain("secret", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_where_the_right_one_belongs()
    {
        Needs.Postgres();
        await using var server = ServerProcess.Launch(
            ["-db", postgres.Cluster.Address, "-addr", "127.0.0.1:0"], new() { ["PGPASSWORD"] = "wrong", ["PGPASSFILE"] = "/dev/null" });
        ServerProcess.AssertRefused("PGPASSFILE", (await server.WaitForExitAsync(), server.Log));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_when_asked_to()
    {
        Needs.Postgres();
        ServerProcess.AssertRefused(
            "sslmode", await postgres.RunAsync("-db", postgres.Cluster.Address + "?sslmode=verify-full", "-addr", "127.0.0.1:0"));
    }

    [Fact]
    public async Task A_server_that_nobody_listens_at_is_told()
    {
        Needs.Linux("PostgreSQL's packages");
        await ServerProcess.AssertRefusedAsync(
            "Check host and port", "-db", "postgresql://music@127.0.0.1:1/music", "-addr", "127.0.0.1:0");
    }

    [Fact]
    public async Task A_database_without_a_catalog_with_half_a_catalog_or_of_a_newer_version_is_told()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var address = await postgres.Cluster.CreateDatabaseAsync();
        await AssertRefusedAsync("has no catalog. Load one into it", address);
        await AssertRefusedAsync("has no catalog", address, "index", "-index", folder["index"]);
        await AssertRefusedAsync("does not exist", address + "x");
        var (exitCode, output) = await postgres.RunAsync("load", "-db", database, "-to", address);
        Assert.True(exitCode == 0, output);
        await AssertRefusedAsync("is for files", address, "check");
        await AssertRefusedAsync("is for files", address, "backup", folder["backup"]);
        await AssertRefusedAsync("no place for its index", address, "index");
        _ = await postgres.Cluster.QueryAsync("update metadata_api.catalog set format = 2", address);
        await AssertRefusedAsync("format 2", address);
        _ = await postgres.Cluster.QueryAsync("update metadata_api.catalog set finished_at = null", address);
        await AssertRefusedAsync("only a part of a catalog", address);
        _ = await postgres.Cluster.QueryAsync("insert into metadata_api.schema_version values (99)", address);
        await AssertRefusedAsync("version 99", address);
        ServerProcess.AssertRefused("version 99", await postgres.RunAsync("load", "-db", database, "-to", address));
    }

    [Fact]
    public async Task When_no_connection_is_free_requests_get_503_and_the_server_recovers()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var address = await postgres.LoadAsync(database);
        var name = address[(address.LastIndexOf('/') + 1)..];
        var path = "/lookup/track/" + DemoCatalogs.Texts(database, "SELECT id FROM tracks LIMIT 1")[0];

        // Limits do not hold for a superuser.
        _ = await postgres.Cluster.QueryAsync(
            "create user limited password 'limited'; grant pg_read_all_data to limited; alter user limited connection limit 0");
        var primary = postgres.Cluster.Primary;
        var limited = primary[..(primary.LastIndexOf('/') + 1)].Replace("music@", "limited@", StringComparison.Ordinal) + name;
        var environment = new Dictionary<string, string> { ["PGPASSWORD"] = "limited", ["PGPASSFILE"] = "/dev/null" };
        await using (var refused = ServerProcess.Launch(["-db", limited, "-addr", "127.0.0.1:0"], environment))
        {
            ServerProcess.AssertRefused("connections", (await refused.WaitForExitAsync(), refused.Log));
        }

        _ = await postgres.Cluster.QueryAsync("alter user limited connection limit -1");
        await using var server = await ServerProcess.StartAsync(limited, environment);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync(path));
        _ = await postgres.Cluster.QueryAsync("alter user limited connection limit 0");
        _ = await postgres.Cluster.QueryAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'limited'");
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.StatusAsync(path));
        _ = await postgres.Cluster.QueryAsync("alter user limited connection limit -1");
        await server.WaitForStatusAsync("/readyz", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync(path));
    }

    private async Task AssertRefusedAsync(string reason, string address, params string[] command) => ServerProcess.AssertRefused(
        reason,
        await postgres.RunAsync([.. command, "-db", address, .. command.Length == 0 ? (string[])["-addr", "127.0.0.1:0"] : []]));
}
