namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>A catalog made from MusicBrainz is not made compact: its recordings would be lost.</summary>
public class CompactDumpTests
{
    [Fact]
    public async Task A_compact_catalog_of_a_dump_is_refused_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        ImportedCatalog.Import(folder["out"], [AwkwardDump.Create().WriteFolder(folder["dump"])]);
        var (exitCode, output) = await ServerProcess.RunAsync("compact", "-db", Path.Combine(folder["out"], "main_database.sqlite3"));
        Assert.Equal(1, exitCode);
        Assert.Contains("made from MusicBrainz", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder["out"], "catalog.sqlite3")));
    }
}
