namespace MusicMetadata.Tests.Conformance;

/// <summary>The recorded answers of the server this one replaces.</summary>
public class ConformanceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_recorded_request_gets_the_recorded_answer(bool withSearchIndex)
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        if (withSearchIndex)
        {
            Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", database)).ExitCode);
        }

        await using var server = await ServerProcess.StartAsync(database);
        Assert.Equal(withSearchIndex, server.Log.Contains("Searches use the index", StringComparison.Ordinal));
        Assert.Empty(await RecordedAnswers.FindDifferencesAsync(server.Client));
    }
}
