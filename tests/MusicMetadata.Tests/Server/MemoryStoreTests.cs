using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using MusicMetadata.Search;
using MusicMetadata.Server;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Tests.Server;

/// <summary>The HTTP side serves any store: the recorded answers come out of one that is nothing but a few rows in memory.</summary>
public class MemoryStoreTests
{
    private static readonly HashSet<string> Ids =
    [
        .. MemoryRows.Tracks.Select(row => row.Id),
        .. MemoryRows.Albums.Select(row => row.Id),
        .. MemoryRows.Artists.Select(row => row.Id),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_recorded_request_for_its_rows_gets_the_recorded_answer(bool completesLater)
    {
        using var catalog = Serve(completesLater);
        await using var app = await StartAsync(catalog);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
        var asked = new List<string>();
        foreach (var recorded in Recorded().Where(recorded => FindIds(recorded["json"]).All(Ids.Contains)))
        {
            var path = (string)recorded["path"]!;
            asked.Add(path);
            var (status, answer) = await AskAsync(client, (string)recorded["method"]!, path, recorded["body"]);
            Assert.Equal((path, (int)recorded["status"]!), (path, status));
            if (status == 200)
            {
                // The original says null for an empty array.
                Assert.Equal((recorded["json"] ?? new JsonArray()).ToJsonString(), JsonNode.Parse(answer)!.ToJsonString());
            }
        }

        Assert.All(
            new[] { "/lookup/track/", "/lookup/artist/", "/lookup/album/", "/lookup/isrc/", "/search/artist?", "/batch/" },
            route => Assert.Contains(asked, path => path.StartsWith(route, StringComparison.Ordinal)));
        Assert.Contains($"/lookup/album/{MemoryRows.Albums[1].Id}/tracks", asked);
        Assert.Contains("/lookup/track/nope", asked);
        await app.StopAsync();
        Assert.Equal(0, catalog.Current.Store.Load.InUse);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_holds_the_recorded_answers_of_its_entries(bool completesLater)
    {
        using var catalog = Serve(completesLater);
        await using var app = await StartAsync(catalog);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
        var request = new JsonObject();
        var expected = new JsonObject();
        foreach (var route in new[] { "track", "artist", "album", "isrc" })
        {
            var prefix = $"/lookup/{route}/";
            var entries = Recorded()
                .Where(recorded => recorded["json"] is not null && FindIds(recorded["json"]).All(Ids.Contains))
                .Select(recorded => (Path: (string)recorded["path"]!, Json: recorded["json"]!))
                .Where(recorded => recorded.Path.StartsWith(prefix, StringComparison.Ordinal))
                .Where(recorded => !recorded.Path.EndsWith("/tracks", StringComparison.Ordinal))
                .DistinctBy(recorded => recorded.Path)
                .ToDictionary(recorded => recorded.Path[prefix.Length..], recorded => (JsonNode?)recorded.Json.DeepClone());
            Assert.NotEmpty(entries);
            request[route + "s"] = new JsonArray([.. entries.Keys.Append("nope").Select(name => (JsonNode)name)]);
            expected[route + "s"] = new JsonObject(entries);
        }

        var (status, answer) = await AskAsync(client, "POST", "/batch/lookup", request);

        Assert.Equal(200, status);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(answer)), answer);
        await app.StopAsync();
        Assert.Equal(0, catalog.Current.Store.Load.InUse);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_albums_of_an_artist_are_the_recorded_ones(bool completesLater)
    {
        using var catalog = Serve(completesLater);
        await using var app = await StartAsync(catalog);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
        var artist = MemoryRows.Artists[0].Id;
        var (_, albums) = await AskAsync(client, "GET", $"/lookup/artist/{artist}/albums", null);
        var (_, album) = await AskAsync(client, "GET", $"/lookup/album/{MemoryRows.Albums[0].Id}", null);
        Assert.Equal($"[{album}]", albums);
        Assert.Equal((200, "[]"), await AskAsync(client, "GET", $"/lookup/artist/{artist}/albums?groups=compilation", null));
        await app.StopAsync();
        Assert.Equal(0, catalog.Current.Store.Load.InUse);
    }

    private static ServedCatalog Serve(bool completesLater)
    {
        var store = new MemoryStore(completesLater);
        var search = new CatalogSearch(new SearchOptions { IndexPath = null, Connections = 1 }, store.Identity);
        return new ServedCatalog(new OpenCatalog(store, search));
    }

    private static async Task<WebApplication> StartAsync(ServedCatalog catalog)
    {
        var app = HttpServer.Build(new ServerOptions { Address = ListenAddress.Parse("127.0.0.1:0"), RateLimit = 0 }, catalog);
        await app.StartAsync();
        return app;
    }

    private static async Task<(int Status, string Answer)> AskAsync(HttpClient client, string method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var text = body is JsonValue value ? (string)value! : body?.ToJsonString();
        request.Content = text is null ? null : new StringContent(text, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static IEnumerable<JsonNode> Recorded() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Conformance", "golden.jsonl")).Select(line => JsonNode.Parse(line)!);

    /// <summary>The ids of everything that an answer speaks of.</summary>
    private static IEnumerable<string> FindIds(JsonNode? answer) => answer switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "id" ? [(string)field.Value!] : FindIds(field.Value)),
        JsonArray elements => elements.SelectMany(FindIds),
        _ => [],
    };
}
