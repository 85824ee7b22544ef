using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MusicMetadata.Tests.Server;

/// <summary>Whatever a client sends, it gets the right 4xx with a problem document, or the right 200.</summary>
public sealed class BadInputTests(ConformanceServer fixture) : IClassFixture<ConformanceServer>
{
    private static readonly string TenThousand = new('x', 10_000);

    public static TheoryData<string, int> Targets => new()
    {
        { "/lookup/track/", 404 },
        { "/lookup/track", 404 },
        { "/lookup/artist/", 404 },
        { "/lookup/isrc/", 404 },
        { "/lookup/track/" + TenThousand, 404 },
        { "/lookup/artist/" + TenThousand, 404 },
        { "/lookup/album/" + TenThousand, 404 },
        { "/lookup/album/" + TenThousand + "/tracks", 200 },
        { "/lookup/isrc/" + TenThousand, 200 },
        { "/lookup/track/a%2Fb", 404 },
        { "/lookup/track/a/b", 404 },
        { "/lookup/track/../../etc/passwd", 404 },
        { "/lookup/track/%2e%2e", 404 },
        { "/lookup/track/%FF%FE", 404 },
        { "/lookup/track/%E6%97", 404 },
        { "/lookup/track/%", 404 },
        { "/lookup/track/'%20OR%201=1--", 404 },
        { "/lookup/isrc/%FF", 200 },
        { "/lookup/isrc/---", 200 },
        { "/lookup/recording/", 404 },
        { "/lookup/recording/" + TenThousand, 200 },
        { "/lookup/recording/%FF", 200 },
        { "/search/track?q=%22", 400 },
        { "/search/track?q=%22%22", 200 },
        { "/search/track?q=%25%25", 200 },
        { "/search/track?q=__", 200 },
        { "/search/track?q=%00%00", 200 },
        { "/search/track?q=a%00", 200 },
        { "/search/track?q=%F0%9F%8E%B5", 200 },
        { "/search/track?q=%E6%84%9B", 200 },
        { "/search/track?q=%FF%FF", 200 },
        { "/search/track?q=" + new string('a', 200), 200 },
        { "/search/track?q=" + new string('a', 201), 400 },
        { "/search/album?q=a", 400 },
        { "/search/track?q=be&limit=0", 400 },
        { "/search/track?q=be&limit=-1", 400 },
        { "/search/track?q=be&limit=1e3", 400 },
        { "/search/track?q=be&limit=", 400 },
        { "/search/track?q=be&limit=%2B5", 400 },
        { "/search/track?q=be&limit=5.0", 400 },
        { "/search/track?q=be&limit=%D9%A5", 400 },
        { "/search/track?q=be&limit=99999999999999", 200 },
        { "/search/track?q=be&limit=007", 200 },
        { "/search/everything?q=be", 404 },
        { "/nothing/here", 404 },
        { "/batch/lookup", 405 },
    };

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "application/json", "", 400 },
        { "application/json", "null", 400 },
        { "application/json", "[]", 400 },
        { "application/json", "\"tracks\"", 400 },
        { "application/json", "{", 400 },
        { "application/json", "{\"tracks\":[\"a\"", 400 },
        { "application/json", "{\"tracks\":[null]}", 400 },
        { "application/json", "{\"tracks\":[1,2]}", 400 },
        { "application/json", "{\"tracks\":{\"a\":1}}", 400 },
        { "application/json", "{\"tracks\":[\"\\ud800\"]}", 400 },
        { "application/json", "{\"tracks\":[\"a\"]} trailing", 400 },
        { "application/json", string.Concat(Enumerable.Repeat("[", 1000)), 400 },
        {
            "application/json",
            "{\"other\":" + string.Concat(Enumerable.Repeat("[", 1000)) + string.Concat(Enumerable.Repeat("]", 1000)) + "}",
            400
        },
        { "application/json", "{\"tracks\":" + JsonSerializer.Serialize(Enumerable.Repeat("a", 401)) + "}", 400 },
        {
            "application/json",
            "{\"tracks\":" + JsonSerializer.Serialize(Enumerable.Repeat("a", 200))
                + ",\"isrcs\":" + JsonSerializer.Serialize(Enumerable.Repeat("a", 201)) + "}",
            400
        },
        { "application/json", "{\"tracks\":[\"" + new string('a', 5_000_000) + "\"]}", 413 },
        { "application/json", "{\"tracks\":null,\"other\":{\"a\":[1]}}", 400 },
        { "application/json", "{\"tracks\":[\"\",\"\\u0000\",\"a b\"],\"other\":{\"a\":[1]}}", 200 },
        { "application/json", "{\"tracks\":" + JsonSerializer.Serialize(Enumerable.Repeat("a", 400)) + "}", 200 },
        { "text/plain", "{\"tracks\":[\"a\"]}", 200 },
        { "application/x-www-form-urlencoded", "{\"Tracks\":[\"a\"]}", 200 },
        { "multipart/form-data; boundary=x", "--x--", 400 },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_strange_target_gets_its_status_and_a_document(string target, int status)
    {
        var answer = await RawHttp.SendAsync(fixture.Server.Address, RawHttp.Get(target));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(
            status == 200 ? "Content-Type: application/json\r\n" : "Content-Type: application/problem+json\r\n",
            answer,
            StringComparison.Ordinal);
        AssertTellsNothing(answer);
        await AssertStillServesAsync();
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_strange_batch_body_gets_its_status_and_a_document(string type, string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await fixture.Client.PostAsync("/batch/lookup", content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        if (status == 200)
        {
            Assert.Equal("{}", answer);
        }
        else
        {
            AssertProblem(answer, status);
        }

        AssertTellsNothing(answer);
        await AssertStillServesAsync();
    }

    [Theory]
    [InlineData("GET /lookup/track/a%00b HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n", 400)]
    [InlineData("GET /health HTTP/1.1\r\n\r\n", 400)]
    [InlineData("NONSENSE\r\n\r\n", 400)]
    [InlineData("POST /batch/lookup HTTP/1.1\r\nHost: test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    public async Task A_broken_request_gets_its_status(string request, int status)
    {
        var answer = await RawHttp.SendAsync(fixture.Server.Address, request);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        AssertTellsNothing(answer);
        await AssertStillServesAsync();
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_a_body_disturbs_nobody()
    {
        for (var i = 0; i < 50; i++)
        {
            using var connection = await RawHttp.ConnectAsync(fixture.Server.Address);
            await connection.SendAsync("POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n{\"tracks\":["u8.ToArray());
        }

        await AssertStillServesAsync();
        Assert.DoesNotContain("fail:", fixture.Server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/lookup/track/a", "GET, HEAD")]
    [InlineData("DELETE", "/lookup/isrc/a", "GET, HEAD")]
    [InlineData("PUT", "/search/track", "GET, HEAD")]
    [InlineData("PATCH", "/health", "GET, HEAD")]
    [InlineData("GET", "/batch/lookup", "POST")]
    public async Task A_known_path_with_another_method_names_the_ones_it_has(string method, string path, string allow)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await fixture.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
        AssertProblem(await response.Content.ReadAsStringAsync(), 405);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/search/track?q=be")]
    [InlineData("/lookup/isrc/none")]
    [InlineData("/lookup/track/none")]
    public async Task Head_answers_as_get_does_without_the_body(string path)
    {
        using var get = await fixture.Client.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await fixture.Client.SendAsync(request);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.NotEmpty(await get.Content.ReadAsByteArrayAsync());
    }

    private static void AssertProblem(string document, int status)
    {
        using var problem = JsonDocument.Parse(document);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }

    private static void AssertTellsNothing(string answer)
    {
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("sqlite", answer, StringComparison.OrdinalIgnoreCase);
    }

    private async Task AssertStillServesAsync() => Assert.Equal("{\"status\":\"ok\"}", await fixture.Client.GetStringAsync("/health"));
}
