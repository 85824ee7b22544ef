namespace MusicMetadata.Tests.Kit;

/// <summary>One running server on the recorded catalog, shared by the tests of a class that only ask it things.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal ServerProcess Server { get; private set; } = null!;

    internal HttpClient Client => Server.Client;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
