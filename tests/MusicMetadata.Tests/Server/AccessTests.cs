using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server;

/// <summary>Who may ask, from where, and what is logged of it.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Track = "/lookup/track/wnCK1AIfsiaubgjkCieLBF";
    private const string Token = "0123456789abcdef0123456789abcdef";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Basic " + Token, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + Token + "0", HttpStatusCode.Unauthorized)]
    [InlineData("bearer " + Token, HttpStatusCode.OK)]
    public async Task With_a_token_file_only_those_who_send_the_token_are_served(string? authorization, HttpStatusCode expected)
    {
        await File.WriteAllTextAsync(_folder["token"], Token + "\n");
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-auth-token-file", _folder["token"]);
        foreach (var path in new[] { Track, "/metrics" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
            using var response = await server.Client.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
            if (expected == HttpStatusCode.Unauthorized)
            {
                Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            }
            else if (path == Track)
            {
                Assert.True(response.Headers.CacheControl!.Private);
            }
        }

        foreach (var path in new[] { "/readyz", "/", "/docs", "/docs/swagger-ui.css", "/explorer/app.js", "/openapi.json" })
        {
            using var open = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        Assert.DoesNotContain(Token, server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("two words that are long enough")]
    [InlineData("")]
    public async Task A_token_file_without_a_token_worth_the_name_ends_the_start(string content)
    {
        await File.WriteAllTextAsync(_folder["token"], content);
        var (exitCode, output) = await ServerProcess.RunAsync(
            "-db", _folder.AddConformanceCatalog(), "-addr", "127.0.0.1:0", "-auth-token-file", _folder["token"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("must hold one token of 16 or more visible ASCII characters", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "https://a.example", "*")]
    [InlineData("https://a.example,https://b.example", "https://b.example", "https://b.example")]
    [InlineData("https://a.example", "https://c.example", null)]
    [InlineData("off", "https://a.example", null)]
    public async Task Pages_of_the_origins_that_were_named_may_read(string option, string origin, string? allowed)
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-cors", option);
        var requests = new[] { (HttpMethod.Get, Track), (HttpMethod.Get, "/lookup/track/none"), (HttpMethod.Options, "/batch/lookup") };
        foreach (var (method, path) in requests)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Origin", origin);
            if (method == HttpMethod.Options)
            {
                request.Headers.Add("Access-Control-Request-Method", "POST");
                request.Headers.Add("Access-Control-Request-Headers", "content-type");
            }

            using var response = await server.Client.SendAsync(request);
            var found = response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
            Assert.Equal(allowed, found);
        }
    }

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("https://a.example,https://b.example", true)]
    [InlineData("*", false)]
    [InlineData("off", false)]
    public async Task Answers_that_depend_on_the_origin_say_so_to_caches_whoever_asks(string option, bool depends)
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-cors", option);
        var requests = from origin in new[] { null, "https://a.example", "https://c.example" }
                       from path in new[] { Track, "/openapi.json", "/" }
                       select (origin, path);
        foreach (var (origin, path) in requests)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await server.Client.SendAsync(request);
            Assert.Contains(response.Headers.Vary, name => name.StartsWith("Accept", StringComparison.Ordinal));
            Assert.Equal(depends ? 1 : 0, response.Headers.Vary.Count(name => name == "Origin"));
        }
    }

    [Theory]
    [InlineData("public, max-age=3600")]
    [InlineData("s-maxage=600, public")]
    [InlineData("must-revalidate, s-maxage=600")]
    public async Task With_a_token_shared_caches_are_told_to_keep_nothing(string option)
    {
        await File.WriteAllTextAsync(_folder["token"], Token);
        await using var server = await ServerProcess.StartAsync(
            _folder.AddConformanceCatalog(), "-auth-token-file", _folder["token"], "-cache-control", option);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        using var response = await server.Client.GetAsync(Track);
        Assert.True(response.Headers.CacheControl!.Private);
        Assert.False(response.Headers.CacheControl.Public);
        Assert.Null(response.Headers.CacheControl.SharedMaxAge);
    }

    [Fact]
    public async Task Guessing_the_token_is_limited_like_any_request()
    {
        await File.WriteAllTextAsync(_folder["token"], Token);
        await using var server = await ServerProcess.StartAsync(
            _folder.AddConformanceCatalog(), "-auth-token-file", _folder["token"], "-rate-limit", "1", "-rate-burst", "5");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Track);
            request.Headers.Authorization = new("Bearer", $"guess{i}");
            using var response = await server.Client.SendAsync(request);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task The_socket_of_a_killed_server_is_taken_over_and_that_of_a_living_one_is_not()
    {
        Needs.Unix("paths that begin with a slash");
        var database = _folder.AddConformanceCatalog();
        var address = "unix:" + _folder["http.sock"];
        await using var killed = await ServerProcess.StartAsync(database, "-addr", address);
        killed.EndAtOnce();
        _ = await killed.WaitForExitAsync();
        Assert.True(File.Exists(_folder["http.sock"]));
        await using var again = await ServerProcess.StartAsync(database, "-addr", address);
        var (exitCode, output) = await ServerProcess.RunAsync("-db", database, "-addr", address);
        Assert.Equal(1, exitCode);
        Assert.Contains("is in use by another program", output, StringComparison.Ordinal);
        Assert.Equal(0, (await ServerProcess.RunAsync("healthcheck", "-addr", address)).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_not_removed_to_listen_in_its_place()
    {
        Needs.Unix("paths that begin with a slash");
        await File.WriteAllTextAsync(_folder["empty"], "");
        var (exitCode, output) = await ServerProcess.RunAsync("-db", _folder.AddConformanceCatalog(), "-addr", "unix:" + _folder["empty"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("is in use by another program", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["empty"]));
    }

    [Fact]
    public async Task Every_answer_tells_browsers_not_to_guess_its_type()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        foreach (var path in new[] { Track, "/health", "/nowhere", "/search/track?q=" })
        {
            using var response = await server.Client.GetAsync(path);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Theory]
    [InlineData("info")]
    [InlineData("debug")]
    public async Task Nothing_a_client_sends_can_forge_a_line_of_the_log(string level)
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.AddConformanceCatalog(), "-access-log", "true", "-log-level", level);
        _ = await RawHttp.SendAsync(server.Address, RawHttp.Get("/lookup/track/a%0Aforged%0D%1B[31m"));
        _ = await RawHttp.SendAsync(
            server.Address, "GET /livez HTTP/1.1\r\nHost: test\r\nOrigin: https://x\u001b[31m\r\nConnection: close\r\n\r\n");
        _ = await RawHttp.SendAsync(server.Address, "GET /\u001b[31m\u0085\nforged HTTP/1.1\r\n\r\n");
        _ = await RawHttp.SendAsync(server.Address, RawHttp.Get("/a%0Aforged%0D%1B[31m"));
        _ = await RawHttp.SendAsync(
            server.Address, "GET /b HTTP/1.1\r\nHost: test\r\nUser-Agent: x\u001b[31m\r\nConnection: close\r\n\r\n");
        _ = await RawHttp.SendAsync(server.Address, RawHttp.Get("/c\u00e9\u0085"));
        var lines = await LogAsync(server, "GET /a%0A");
        Assert.All(lines, line => Assert.Matches("^[0-9T:.-]+Z (dbug|info|warn|fail): ", line));
        Assert.DoesNotContain(lines, line => line.Any(char.IsControl));
    }

    [Fact]
    public async Task The_log_can_be_json_with_an_object_a_line()
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.AddConformanceCatalog(), "-access-log", "true", "-log-format", "json");
        using (await server.Client.GetAsync("/a%0Aforged"))
        {
            var line = Assert.Single(await LogAsync(server, "GET /a%0A"), line => line.Contains("/a%0A", StringComparison.Ordinal));
            var state = JsonNode.Parse(line)!["State"]!;
            Assert.Equal("/a%0Aforged", (string)state["Target"]!);
            Assert.Equal(404, (int)state["Status"]!);
        }
    }

    [Fact]
    public async Task LOG_LEVEL_is_read_and_its_own_option_wins()
    {
        var environment = new Dictionary<string, string> { ["LOG_LEVEL"] = "error" };
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), environment, "-log-level", "debug");
        Assert.Contains("Serving", server.Log, StringComparison.Ordinal);
        await using var quiet = ServerProcess.Launch(["-db", _folder["main_database.sqlite3"], "-addr", "nonsense"], environment);
        Assert.Equal(2, await quiet.WaitForExitAsync());
        var (exitCode, output) = await ServerProcess.RunAsync("-db", _folder["main_database.sqlite3"], "-log-level", "loud");
        Assert.Equal(2, exitCode);
        Assert.Contains("-log-level is 'loud': give debug, info, warn or error.", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The log's lines, once one contains a text: the logger writes on a thread of its own.</summary>
    private static async Task<string[]> LogAsync(ServerProcess server, string awaited)
    {
        await server.WaitForLogAsync(awaited);
        return server.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
