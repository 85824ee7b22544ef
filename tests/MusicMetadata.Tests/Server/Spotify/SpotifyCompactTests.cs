using System.Net;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>A compact catalog answers below <c>/v1</c> as the database does, but for what it was made without.</summary>
public sealed class SpotifyCompactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_a_compact_catalog_has_is_answered_alike()
    {
        var database = _folder.AddConformanceCatalog();
        foreach (var arguments in new string[][]
        {
            ["compact", "-db", database, "-out", _folder["compact"]], ["index", "-db", database, "-index", _folder["one"]],
            ["index", "-db", _folder["compact"], "-index", _folder["other"]],
        })
        {
            Assert.Equal(0, (await ServerProcess.RunAsync(arguments)).ExitCode);
        }

        await using var files = await ServerProcess.StartAsync(database, "-index", _folder["one"], "-public-url", "http://x");
        await using var compact = await ServerProcess.StartAsync(_folder["compact"], "-index", _folder["other"], "-public-url", "http://x");
        var expected = await SpotifyClient.CreateAsync(files.Client);
        var found = await SpotifyClient.CreateAsync(compact.Client);
        var album = (string)(await expected.GetAsync("/v1/search?q=the&type=album&limit=1"))["albums"]!["items"]![0]!["id"]!;
        const string Artist = "fAPigjvVH6ry3ReVfAZhe5";
        string[] paths =
        [
            $"/v1/albums/{album}", $"/v1/albums/{album}/tracks", $"/v1/artists/{Artist}", $"/v1/artists/{Artist}/top-tracks",
            "/v1/search?q=the&type=track,album,artist&limit=50", "/v1/search?q=genre:jazz&type=track,artist",
            "/v1/search?q=year:1999&type=album",
        ];
        foreach (var path in paths)
        {
            // With a market, which a catalog that knows none takes for any.
            var separator = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
            var one = await expected.GetAsync($"{path}{separator}market=from_token");
            Assert.True(JsonNode.DeepEquals(one, await found.GetAsync($"{path}{separator}market=from_token")), path);
            _ = await found.GetAsync($"{path}{separator}market=DE");
            _ = await found.GetAsync(path);
        }

        Assert.Empty((await found.GetAsync("/v1/markets"))["markets"]!.AsArray());
        Assert.Contains(
            "without the albums of artists", await found.GetErrorAsync($"/v1/artists/{Artist}/albums", HttpStatusCode.ServiceUnavailable));
    }

    public void Dispose() => _folder.Dispose();
}
