namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>The way from a dump to a server, as a user goes it: import, index, serve, all by the executable.</summary>
public sealed class ServedDump : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Path of the main database.</summary>
    internal string Main => _folder["out/main_database.sqlite3"];

    /// <summary>The server.</summary>
    internal ServerProcess Server { get; private set; } = null!;

    /// <summary>What the import printed.</summary>
    internal string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        string[] import = ["import", "musicbrainz", .. AwkwardDump.Create().WriteArchives(_folder["dump"]), "-out", _folder["out"]];
        (var code, Output) = await ServerProcess.RunAsync(import);
        Assert.True(code == 0, Output);
        (code, var output) = await ServerProcess.RunAsync("index", "-db", Main);
        Assert.True(code == 0, output);
        Server = await ServerProcess.StartAsync(Main);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
