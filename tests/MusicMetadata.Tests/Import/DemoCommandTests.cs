using System.Text.Json;
using System.Text.RegularExpressions;

namespace MusicMetadata.Tests.Import;

/// <summary>The demo as a newcomer meets it: the real executable.</summary>
public partial class DemoCommandTests
{
    [Fact]
    public async Task It_prints_five_addresses_that_all_answer()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.LaunchAsync(
            ["demo", "-tracks", "5000", "-data", folder.Path, "-addr", "127.0.0.1:0"], []);
        var addresses = await AddressesAsync(server);
        Assert.Equal(5, addresses.Count);
        foreach (var address in addresses)
        {
            using var response = await server.Client.GetAsync(address);
            Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode}");
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            Assert.True(
                answer.ValueKind == JsonValueKind.Object ? answer.GetProperty("id").GetString()!.Length == 22 : answer.GetArrayLength() > 0,
                address);
            Assert.True(!address.Contains("/isrc/", StringComparison.Ordinal) || answer.GetArrayLength() > 1, address);
        }
    }

    [Fact]
    public async Task It_writes_the_files_without_serving_them_and_finds_them_again()
    {
        using var folder = new TemporaryFolder();
        var (code, output) = await ServerProcess.RunAsync("demo", "-tracks", "2000", "-data", folder.Path, "-only-write");
        Assert.Equal(0, code);
        Assert.Contains("tracks and albums: 2,000 in ", output, StringComparison.Ordinal);
        Assert.Contains("Made an invented catalog of 2000 tracks", output, StringComparison.Ordinal);
        (code, output) = await ServerProcess.RunAsync("demo", "-tracks", "2000", "-data", folder.Path, "-only-write");
        Assert.Equal(0, code);
        Assert.Contains("Using the invented catalog of 2000 tracks that is there", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tracks", "0", 2, "metadata-api: -tracks is '0': give 1 to 300000000.")]
    [InlineData("-data", "{0}/file/below", 1, "metadata-api: {0}/file/below ")]
    [InlineData("-addr", "nowhere", 2, "metadata-api: -addr is 'nowhere': ")]
    public async Task A_mistake_is_one_line_and_an_exit_code(string option, string value, int exitCode, string line)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "");
        (value, line) = (string.Format(null, value, folder.Path), string.Format(null, line, folder.Path));
        var (code, output) = await ServerProcess.RunAsync(
            ["demo", .. option == "-data" ? [] : (string[])["-data", folder["catalog"]], option, value]);
        Assert.Equal(exitCode, code);
        Assert.StartsWith(line, output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_signal_stops_it_while_it_writes(int signal)
    {
        using var folder = new TemporaryFolder();
        await using var process = ServerProcess.Launch(["demo", "-tracks", "3000000", "-data", folder.Path, "-only-write"], []);
        await Wait.UntilAsync(() => File.Exists(folder["track_files.sqlite3.unfinished"]), () => process.Log);
        process.Signal(signal);
        Assert.Equal(130, await process.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("nothing is left of it", process.Log, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    /// <summary>The printed addresses; they come a moment after the server listens.</summary>
    private static async Task<List<string>> AddressesAsync(ServerProcess server)
    {
        await server.WaitForLogAsync("/search/");
        return [.. Address().Matches(server.Log).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"^  \S.*? (http://\S+)", RegexOptions.Multiline)]
    private static partial Regex Address();
}
