using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Kit;

/// <summary>One running server on the recorded catalog and its search index, for the tests of a class that only ask it things.</summary>
public sealed class IndexedServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal ServerProcess Server { get; private set; } = null!;

    internal HttpClient Client => Server.Client;

    /// <summary>The first column of a query's rows.</summary>
    internal List<string> Texts(string sql, params object[] values)
    {
        using var connection = SqliteFile.OpenForReading(_folder["main_database.sqlite3"], 1 << 20);
        return connection.QueryTexts(sql, values);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var database = _folder.AddConformanceCatalog();
        var (exitCode, output) = await ServerProcess.RunAsync("index", "-db", database);
        Assert.True(exitCode == 0, output);
        Server = await ServerProcess.StartAsync(database);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
