using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server;

/// <summary>
/// The start page, the documentation page, and the files they load, as any client sees them. What they do in a browser is tested in one.
/// </summary>
public class PageTests(ConformanceServer conformance) : IClassFixture<ConformanceServer>
{
    private const string BrowserAccepts = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    [Theory]
    [InlineData(BrowserAccepts, "text/html")]
    [InlineData("text/html", "text/html")]
    [InlineData("text/html, application/json", "text/html")]
    [InlineData("application/json, text/html;q=0.5", "application/json")]
    [InlineData("text/html;q=0, */*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("text/html;q=nonsense;;, ,", "application/json")]
    public async Task The_start_page_is_for_browsers_and_the_index_for_programs(string accept, string type)
    {
        using var answer = await GetAsync("/", ("Accept", accept));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Fact]
    public async Task The_index_names_every_documented_route()
    {
        var document = await OpenApiDocument.GetAsync(conformance.Client);
        var index = JsonNode.Parse(await conformance.Client.GetStringAsync("/"))!;
        Assert.Equal(
            document.Operations.Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}")
                .Order(StringComparer.Ordinal),
            index["routes"]!.AsArray().Select(route => (string)route!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_explorer_everybody_gets_the_index_and_its_files_are_gone()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-ui", "off");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", BrowserAccepts);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        using var file = await server.Client.GetAsync("/explorer/app.js");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        using var docs = await server.Client.GetAsync("/docs");
        Assert.Equal(HttpStatusCode.OK, docs.StatusCode);
    }

    [Fact]
    public async Task A_bad_ui_option_is_named()
    {
        var (exitCode, output) = await ServerProcess.RunAsync("-ui", "maybe");
        Assert.Equal(2, exitCode);
        Assert.Contains("-ui is 'maybe': give on or off.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    public async Task A_page_forbids_everything_that_it_does_not_need(string path)
    {
        using var answer = await GetAsync(path, ("Accept", BrowserAccepts));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.EndsWith(
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/docs", "text/html")]
    [InlineData("/openapi.yaml", "application/yaml")]
    [InlineData("/openapi.json", "application/json")]
    [InlineData("/explorer/app.js", "text/javascript")]
    [InlineData("/explorer/base.css", "text/css")]
    [InlineData("/explorer/icon.svg", "image/svg+xml")]
    [InlineData("/docs/swagger-ui-bundle.js", "text/javascript")]
    [InlineData("/docs/license.txt", "text/plain")]
    public async Task A_file_is_the_same_compressed_and_not_and_is_sent_only_once(string path, string type)
    {
        using var plain = await GetAsync(path, ("Accept", "text/html"));
        using var packed = await GetAsync(path, ("Accept", "text/html"), ("Accept-Encoding", "br;q=0, gzip"));
        Assert.Equal(type, plain.Content.Headers.ContentType!.MediaType);
        Assert.Equal(type, packed.Content.Headers.ContentType!.MediaType);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", plain.Headers.Vary);
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);

        using var inflated = new MemoryStream();
        await new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress).CopyToAsync(inflated);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), inflated.ToArray());
        Assert.True(inflated.Length > 100);

        foreach (var held in new[] { plain, packed })
        {
            using var again = await GetAsync(
                path,
                ("Accept", "text/html"),
                ("Accept-Encoding", string.Join(", ", held.Content.Headers.ContentEncoding)),
                ("If-None-Match", $"\"other\", {held.Headers.ETag}"));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(held.Headers.ETag, again.Headers.ETag);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("/docs", HttpStatusCode.OK)]
    [InlineData("/openapi.json", HttpStatusCode.OK)]
    [InlineData("/explorer/app.js", HttpStatusCode.OK)]
    [InlineData("/explorer/nothing.js", HttpStatusCode.NotFound)]
    [InlineData("/explorer/..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [InlineData("/explorer/StaticAsset.cs", HttpStatusCode.NotFound)]
    public async Task Head_answers_as_get_does_without_a_body(string path, HttpStatusCode status)
    {
        using var answer = await conformance.Client.SendAsync(new(HttpMethod.Head, path));
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return conformance.Client.SendAsync(request);
    }
}
