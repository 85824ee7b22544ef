namespace MusicMetadata.Tests.Postgres;

/// <summary>The cluster that the tests of this folder share; each test has a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresCluster? _cluster;

    /// <summary>The cluster; skips the test where PostgreSQL is not installed.</summary>
    public PostgresCluster Cluster
    {
        get
        {
            Needs.Postgres();
            return _cluster!;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        _cluster = PostgresCluster.IsInstalled ? await PostgresCluster.StartAsync(standbys: 1) : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Runs a command to its end with the password of the cluster in its environment.</summary>
    internal async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var command = ServerProcess.Launch(arguments, Cluster.Environment);
        return (await command.WaitForExitAsync(TimeSpan.FromMinutes(2)), command.Log);
    }

    /// <summary>Loads a catalog into a database of its own; returns the address.</summary>
    internal async Task<string> LoadAsync(string database)
    {
        var address = await Cluster.CreateDatabaseAsync();
        var (exitCode, output) = await RunAsync("load", "-db", database, "-to", address);
        Assert.True(exitCode == 0, output);
        return address;
    }

    /// <summary>Starts a server of a database.</summary>
    internal Task<ServerProcess> ServeAsync(string address, params string[] arguments) =>
        ServerProcess.StartAsync(address, Cluster.Environment, arguments);
}

/// <summary>One cluster for all tests of this folder, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>
{
    /// <summary>Its name.</summary>
    public const string Name = "PostgreSQL";
}
