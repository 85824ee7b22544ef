using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Server;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Api.Native;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Server;

/// <summary>The OpenAPI document says what the program does: neither more nor less.</summary>
public class OpenApiTests(ConformanceServer conformance) : IClassFixture<ConformanceServer>
{
    [Fact]
    public async Task The_mapped_routes_and_the_documented_paths_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var store = SqliteCatalog.Open(new StoreOptions { Database = folder.AddConformanceCatalog() });
        using var catalog = new ServedCatalog(new OpenCatalog(
            store, new CatalogSearch(new SearchOptions { IndexPath = null, Connections = 1 }, store.IndexIdentity)));
        await using var app = HttpServer.Build(new ServerOptions { Address = ListenAddress.Parse("127.0.0.1:0") }, catalog);
        await app.StartAsync();
        var mapped = RouteIndex.Described(app.Services.GetRequiredService<EndpointDataSource>()).ToList();
        await app.StopAsync();

        // HEAD is said once for all, in the document's introduction.
        Assert.All(
            mapped,
            route => Assert.True(route.Methods is ["GET", "HEAD"] or ["POST"], $"{route.Path} answers {string.Join(", ", route.Methods)}"));
        var document = await OpenApiDocument.GetAsync(conformance.Client);
        Assert.Equal(
            mapped.Select(route => $"{route.Methods[0]} {route.Path}").Order(StringComparer.Ordinal),
            document.Operations.Select(
                operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_recorded_request_gets_an_answer_as_documented()
    {
        var document = await OpenApiDocument.GetAsync(conformance.Client);
        var faults = new List<string>();
        var asked = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(AppContext.BaseDirectory, "Conformance", "golden.jsonl")))
        {
            var recorded = JsonNode.Parse(line)!;
            var body = recorded["body"] is JsonValue text ? (string)text! : recorded["body"]?.ToJsonString();
            asked++;
            if (await FaultAsync(document, (string)recorded["method"]!, (string)recorded["path"]!, body) is { } fault)
            {
                faults.Add(fault);
            }
        }

        Assert.Equal(641, asked);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/docs/nothing.js")]
    [InlineData("GET", "/lookup/track/nope")]
    [InlineData("GET", "/lookup/artist/nope")]
    [InlineData("GET", "/lookup/album/nope")]
    [InlineData("GET", "/lookup/album/nope/tracks")]
    [InlineData("GET", "/lookup/isrc/nope")]
    [InlineData("GET", "/lookup/upc/nope")]
    [InlineData("GET", "/lookup/upc/12345678")]
    [InlineData("GET", "/lookup/artist/nope/albums")]
    [InlineData("GET", "/lookup/artist/fAPigjvVH6ry3ReVfAZhe5/albums")]
    [InlineData("GET", "/lookup/artist/fAPigjvVH6ry3ReVfAZhe5/albums?groups=x")]
    [InlineData("GET", "/lookup/artist/fAPigjvVH6ry3ReVfAZhe5/top-tracks")]
    [InlineData("GET", "/search/track?q=an&year=1990")]
    [InlineData("GET", "/search/track?q=an&offset=1001")]
    [InlineData("POST", "/batch/lookup", "{\"upcs\":[\"12345678\"]}")]
    [InlineData("GET", "/lookup/recording/6bf16ddd-9fc4-45d6-8f34-ac8ab8e2ae0a")]
    [InlineData("GET", "/search/track")]
    [InlineData("GET", "/search/track?q=a")]
    [InlineData("GET", "/search/artist?q=an&limit=0")]
    [InlineData("GET", "/search/album?q=an&limit=x")]
    [InlineData("GET", "/search/album?q=an")]
    [InlineData("GET", "/batch/lookup")]
    [InlineData("DELETE", "/lookup/track/nope")]
    [InlineData("POST", "/batch/lookup", "{}")]
    [InlineData("POST", "/batch/lookup", "nonsense")]
    [InlineData("POST", "/batch/lookup", "{\"tracks\":[null]}")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/livez")]
    [InlineData("GET", "/readyz")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/openapi.json")]
    public async Task What_the_recording_lacks_is_answered_as_documented(string method, string path, string? body = null) =>
        Assert.Null(await FaultAsync(await OpenApiDocument.GetAsync(conformance.Client), method, path, body));

    [Fact]
    public async Task A_body_that_is_too_large_is_answered_as_documented() =>
        Assert.Null(
            await FaultAsync(
                await OpenApiDocument.GetAsync(conformance.Client),
                "POST",
                "/batch/lookup",
                new string(' ', BatchRequest.MaxBody + 1)));

    [Fact]
    public async Task A_client_over_its_limit_is_answered_as_documented()
    {
        using var folder = new TemporaryFolder();
        await using var limited = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-rate-limit", "1", "-rate-burst", "1");
        var document = await OpenApiDocument.GetAsync(conformance.Client);
        TimeSpan? comeBack = null;
        await Wait.UntilAsync(async () =>
        {
            using var answer = await limited.Client.GetAsync("/lookup/isrc/x");
            Assert.Null(
                document.Fault(
                    "GET",
                    "/lookup/isrc/x",
                    (int)answer.StatusCode,
                    answer.Content.Headers.ContentType?.MediaType,
                    await answer.Content.ReadAsStringAsync()));
            comeBack = answer.Headers.RetryAfter?.Delta;
            return (int)answer.StatusCode == 429;
        });
        Assert.True(comeBack >= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"id\":\"0000000000000000000000\",\"name\":\"\",\"followers\":0,\"popularity\":0,\"surprise\":1}")]
    [InlineData("{\"id\":\"0000000000000000000000\",\"name\":\"\",\"followers\":0,\"popularity\":101}")]
    [InlineData("{\"id\":\"0000000000000000000000\",\"name\":null,\"followers\":0,\"popularity\":0}")]
    [InlineData("{\"id\":\"0000000000000000000000\",\"name\":\"\",\"followers\":\"0\",\"popularity\":0}")]
    [InlineData("{\"id\":\"0000000000000000000000\",\"name\":\"\",\"followers\":0,\"popularity\":0,\"genres\":[]}")]
    [InlineData("{\"id\":\"0000000000000000000000\",\"name\":\"\",\"followers\":0,\"popularity\":0,"
        + "\"images\":[{\"url\":\"\",\"width\":1}]}")]
    [InlineData("{\"id\":\"short\",\"name\":\"\",\"followers\":0,\"popularity\":0}")]
    public async Task An_answer_that_is_not_as_documented_is_found(string artist) =>
        Assert.NotNull(
            (await OpenApiDocument.GetAsync(conformance.Client)).Fault("GET", "/lookup/artist/x", 200, "application/json", artist));

    [Fact]
    public async Task Every_example_is_as_its_schema_says()
    {
        var document = await OpenApiDocument.GetAsync(conformance.Client);
        var examples = 0;
        foreach (var (path, method, operation) in document.Operations)
        {
            var bodies = operation["responses"]!.AsObject()
                .Select(response => document.Resolve(response.Value!)).Append(operation["requestBody"]);
            foreach (var media in bodies.Where(body => body?["content"] is not null).SelectMany(body => body!["content"]!.AsObject()))
            {
                var named = media.Value!["examples"]?.AsObject().Select(example => document.Resolve(example.Value!)["value"]) ?? [];
                foreach (var example in named.Append(media.Value["example"]).OfType<JsonNode>())
                {
                    examples++;
                    Assert.True(
                        document.Fault(media.Value["schema"]!, example.ToJsonString()) is null,
                        $"{method} {path}: {document.Fault(media.Value["schema"]!, example.ToJsonString())}");
                }
            }
        }

        Assert.True(examples > 20, $"only {examples} examples");
    }

    [Fact]
    public async Task The_limits_are_those_of_the_program()
    {
        var document = await OpenApiDocument.GetAsync(conformance.Client);
        var components = document.Root["components"]!;
        Assert.Equal(SearchLimits.MaxTextLength, (int)components["parameters"]!["Query"]!["schema"]!["maxLength"]!);
        Assert.Equal(SearchRoutes.DefaultLimit, (int)components["parameters"]!["Limit"]!["schema"]!["default"]!);
        Assert.Contains(
            $"More than {SearchLimits.MaxLimit} counts as {SearchLimits.MaxLimit}",
            (string)components["parameters"]!["Limit"]!["description"]!,
            StringComparison.Ordinal);
        Assert.Equal(SearchLimits.MaxOffset, (int)components["parameters"]!["Offset"]!["schema"]!["maximum"]!);
        var paths = document.Root["paths"]!;
        var topTracks = paths["/lookup/artist/{id}/top-tracks"]!["get"]!["parameters"]![1]!;
        Assert.Equal(LookupRoutes.DefaultTopTracks, (int)topTracks["schema"]!["default"]!);
        var albums = paths["/lookup/artist/{id}/albums"]!["get"]!["parameters"]!.AsArray();
        var skipped = albums.Single(parameter => (string?)parameter!["name"] == "offset")!;
        Assert.Equal(LookupRoutes.MaxAlbumOffset, (int)skipped["schema"]!["maximum"]!);
        string[] lists =
        [
            "/search/track", "/search/artist", "/search/album", "/lookup/artist/{id}/albums", "/lookup/artist/{id}/top-tracks",
        ];
        foreach (var search in lists)
        {
            var answer = document.Root["paths"]![search]!["get"]!["responses"]!["200"]!;
            Assert.Equal(SearchLimits.MaxLimit, (int)answer["content"]!["application/json"]!["schema"]!["maxItems"]!);
        }

        Assert.All(
            components["schemas"]!["BatchRequest"]!["properties"]!.AsObject(),
            kind => Assert.Equal(BatchRequest.MaxItems, (int)kind.Value!["maxItems"]!));
        Assert.Contains(
            $"At most {BatchRequest.MaxItems} items of all kinds together, in at most {BatchRequest.MaxBody} bytes",
            (string)document.Root["paths"]!["/batch/lookup"]!["post"]!["requestBody"]!["description"]!,
            StringComparison.Ordinal);
        var server = new ServerOptions();
        Assert.Contains(
            $"{server.RateLimit} a second, with bursts of {server.RateBurst}",
            (string)components["responses"]!["TooManyRequests"]!["description"]!,
            StringComparison.Ordinal);
        Assert.Contains(
            $"{server.QueryTime.TotalSeconds} seconds",
            (string)components["responses"]!["TookTooLong"]!["description"]!,
            StringComparison.Ordinal);
        Assert.Equal(typeof(HttpServer).Assembly.GetName().Version!.ToString(3), (string?)document.Root["info"]!["version"]);
    }

    private async Task<string?> FaultAsync(OpenApiDocument document, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await conformance.Client.SendAsync(request);
        return document.Fault(
            method,
            path,
            (int)answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync()) is { } fault
            ? $"{method} {path} {(int)answer.StatusCode}: {fault}"
            : null;
    }
}
