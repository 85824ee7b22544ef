namespace MusicMetadata.Tests.Postgres;

/// <summary>The cluster that the tests of this folder share; each test has a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresCluster? _cluster;
    private bool _isLeftOut;

    /// <summary>The cluster; skips the test where PostgreSQL is not installed, or the executable is the one without its client.</summary>
    public PostgresCluster Cluster
    {
        get
        {
            Needs.Postgres();
            Assert.SkipWhen(_isLeftOut, "METADATA_API_EXECUTABLE names the executable without PostgreSQL.");
            return _cluster!;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var (_, output) = await ServerProcess.RunAsync("load", "-db", "none", "-to", "postgresql://127.0.0.1:1/none");
        _isLeftOut = output.Contains("is the one without PostgreSQL", StringComparison.Ordinal);
        _cluster = PostgresCluster.IsInstalled && !_isLeftOut ? await PostgresCluster.StartAsync(standbys: 1) : null;
    }

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
