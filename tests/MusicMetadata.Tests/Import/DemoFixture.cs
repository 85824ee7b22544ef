namespace MusicMetadata.Tests.Import;

/// <summary>An invented catalog of 20,000 tracks that the tests of a class share.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Path of the main database.</summary>
    public string Main => _folder["main_database.sqlite3"];

    /// <summary>Path of the track files.</summary>
    public string TrackFiles => _folder["track_files.sqlite3"];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Assert.True(await DemoCatalogs.EnsureAsync(_folder.Path, 20_000));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
