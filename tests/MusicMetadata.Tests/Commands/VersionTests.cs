using System.Xml.Linq;

namespace MusicMetadata.Tests.Commands;

/// <summary>What the executable says about itself.</summary>
public class VersionTests
{
    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task The_version_is_the_one_in_Directory_Build_props(string argument)
    {
        var props = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        var (exitCode, output) = await ServerProcess.RunAsync(argument);

        Assert.Equal(0, exitCode);
        Assert.StartsWith(
            $"metadata-api {props.Descendants("Version").Single().Value}\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_SQLite_and_how_that_was_compiled()
    {
        var (_, output) = await ServerProcess.RunAsync("version");

        Assert.Matches(@"(?m)^runtime: \.NET \d+\.\d+", output);
        Assert.Matches(@"(?m)^sqlite: 3\.\d+\.\d+\r?$", output);
        Assert.Matches(@"(?m)^sqlite options: .*\bTHREADSAFE=[12]\b", output);
    }
}
