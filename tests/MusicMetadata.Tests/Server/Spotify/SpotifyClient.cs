using System.Net;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>Asks a server below <c>/v1</c>, and holds every answer against the server's own OpenAPI document.</summary>
internal sealed class SpotifyClient
{
    private readonly HttpClient _client;
    private readonly OpenApiDocument _document;

    private SpotifyClient(HttpClient client, OpenApiDocument document)
    {
        _client = client;
        _document = document;
    }

    /// <summary>Reads the document of a server.</summary>
    public static async Task<SpotifyClient> CreateAsync(HttpClient client) => new(client, await OpenApiDocument.GetAsync(client));

    /// <summary>A good answer.</summary>
    /// <param name="address">A path, or an absolute address that an answer had.</param>
    public async Task<JsonNode> GetAsync(string address) => await GetAsync(address, HttpStatusCode.OK);

    /// <summary>An answer with a status.</summary>
    public async Task<JsonNode> GetAsync(string address, HttpStatusCode status)
    {
        using var response = await _client.GetAsync(address);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{address}: {response.StatusCode} {body}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        var path = address.StartsWith('/') ? address : new Uri(address).PathAndQuery;
        var fault = _document.Fault("GET", path.Replace("/?", "?", StringComparison.Ordinal), (int)status, "application/json", body);
        Assert.True(fault is null, $"{address}: {fault}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>The message of an error.</summary>
    public async Task<string> GetErrorAsync(string address, HttpStatusCode status)
    {
        var error = (await GetAsync(address, status))["error"]!;
        Assert.Equal((int)status, (int)error["status"]!);
        return (string)error["message"]!;
    }

    /// <summary>All items of a paged list by <c>next</c>, once every page was found again by <c>previous</c>.</summary>
    public async Task<List<JsonNode>> WalkAsync(string address, string? wrapped = null)
    {
        var pages = new List<JsonNode>();
        for (var next = address; next is not null; next = (string?)pages[^1]["next"])
        {
            pages.Add(await PageAsync(next));
            Assert.Equal((int)pages[0]["total"]!, (int)pages[^1]["total"]!);
            Assert.Equal(pages.Take(pages.Count - 1).Sum(page => page["items"]!.AsArray().Count), (int)pages[^1]["offset"]!);
        }

        for (var (i, previous) = (pages.Count - 2, (string?)pages[^1]["previous"]); previous is not null; i--)
        {
            var page = await PageAsync(previous);
            Assert.True(JsonNode.DeepEquals(pages[i]["items"], page["items"]), previous);
            previous = (string?)page["previous"];
            Assert.Equal(i == 0, previous is null);
        }

        var items = pages.SelectMany(page => page["items"]!.AsArray()).Select(item => item!).ToList();
        Assert.Equal(items.Count, items.Select(item => (string)item["id"]!).Distinct().Count());
        Assert.Equal((int)pages[0]["total"]!, items.Count);
        return items;

        async Task<JsonNode> PageAsync(string one)
        {
            var answer = await GetAsync(one);
            return wrapped is null ? answer : Assert.Single(answer.AsObject()).Value!;
        }
    }
}
