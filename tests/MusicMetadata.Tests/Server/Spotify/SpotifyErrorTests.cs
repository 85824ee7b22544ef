using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>What is refused below <c>/v1</c> and how; tokens, addresses and the options.</summary>
public sealed class SpotifyErrorTests(IndexedServer indexed, ConformanceServer bare)
    : IClassFixture<IndexedServer>, IClassFixture<ConformanceServer>
{
    private const string Unknown = "0000000000000000000000";

    [Theory]
    [InlineData("/v1/tracks/" + Unknown, HttpStatusCode.NotFound, "non existing id")]
    [InlineData("/v1/albums/" + Unknown, HttpStatusCode.NotFound, "non existing id")]
    [InlineData("/v1/artists/" + Unknown + "/", HttpStatusCode.NotFound, "non existing id")]
    [InlineData("/v1/albums/" + Unknown + "/tracks", HttpStatusCode.NotFound, "non existing id")]
    [InlineData("/v1/artists/" + Unknown + "/albums", HttpStatusCode.NotFound, "non existing id")]
    [InlineData("/v1/artists/" + Unknown + "/top-tracks", HttpStatusCode.NotFound, "non existing id")]
    [InlineData("/v1/tracks/short", HttpStatusCode.BadRequest, "Invalid base62 id")]
    [InlineData("/v1/tracks/000000000000000000000-", HttpStatusCode.BadRequest, "Invalid base62 id")]
    [InlineData("/v1/artists/x/albums", HttpStatusCode.BadRequest, "Invalid base62 id")]
    [InlineData("/v1/tracks?ids=" + Unknown + ",x", HttpStatusCode.BadRequest, "Invalid base62 id")]
    [InlineData("/v1/tracks", HttpStatusCode.BadRequest, "Missing required field: ids")]
    [InlineData("/v1/tracks/" + Unknown + "?market=DEU", HttpStatusCode.BadRequest, "Invalid market code")]
    [InlineData("/v1/artists/" + Unknown + "/albums?limit=0", HttpStatusCode.BadRequest, "Invalid limit")]
    [InlineData("/v1/artists/" + Unknown + "/albums?limit=51", HttpStatusCode.BadRequest, "Invalid limit")]
    [InlineData("/v1/artists/" + Unknown + "/albums?limit=x", HttpStatusCode.BadRequest, "Invalid limit")]
    [InlineData("/v1/artists/" + Unknown + "/albums?offset=-1", HttpStatusCode.BadRequest, "Invalid offset")]
    [InlineData("/v1/artists/" + Unknown + "/albums?offset=9999999999999", HttpStatusCode.BadRequest, "Invalid offset")]
    [InlineData("/v1/artists/" + Unknown + "/albums?include_groups=ep", HttpStatusCode.BadRequest, "Invalid album type")]
    [InlineData("/v1/search?type=track", HttpStatusCode.BadRequest, "No search query")]
    [InlineData("/v1/search?q=%20&type=track", HttpStatusCode.BadRequest, "No search query")]
    [InlineData("/v1/search?q=a", HttpStatusCode.BadRequest, "Missing parameter type")]
    [InlineData("/v1/search?q=a&type=track,thing", HttpStatusCode.BadRequest, "Bad search type field thing")]
    [InlineData("/v1/search?q=a&type=track&limit=50&offset=951", HttpStatusCode.BadRequest, "Invalid offset: only")]
    [InlineData("/v1/recommendations?limit=1", HttpStatusCode.Forbidden, "This catalog has no recommendations.")]
    [InlineData("/v1/recommendations/available-genre-seeds", HttpStatusCode.Forbidden, "recommendations")]
    [InlineData("/v1/audio-features?ids=x", HttpStatusCode.Forbidden, "This catalog has no audio features.")]
    [InlineData("/v1/audio-features/x", HttpStatusCode.Forbidden, "audio features")]
    [InlineData("/v1/audio-analysis/x", HttpStatusCode.Forbidden, "audio analysis")]
    [InlineData("/v1/artists/x/related-artists", HttpStatusCode.Forbidden, "This catalog has no related artists.")]
    [InlineData("/v1/browse/new-releases", HttpStatusCode.Forbidden, "new releases")]
    [InlineData("/v1/me", HttpStatusCode.Forbidden, "This catalog has no users.")]
    [InlineData("/v1/me/player/currently-playing", HttpStatusCode.Forbidden, "This catalog has no users.")]
    [InlineData("/v1/playlists/x", HttpStatusCode.NotFound, "There is no such address")]
    [InlineData("/v1/users/x", HttpStatusCode.NotFound, "There is no such address")]
    [InlineData("/v1/shows/x", HttpStatusCode.NotFound, "There is no such address")]
    [InlineData("/v1", HttpStatusCode.NotFound, "There is no such address")]
    public async Task What_cannot_be_answered_has_the_form_that_clients_know(string path, HttpStatusCode status, string message)
    {
        var client = await SpotifyClient.CreateAsync(indexed.Client);
        Assert.Contains(message, await client.GetErrorAsync(path, status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_ids_are_refused()
    {
        var client = await SpotifyClient.CreateAsync(indexed.Client);
        foreach (var (name, max) in new[] { ("tracks", 50), ("albums", 20), ("artists", 50) })
        {
            var ids = string.Join(',', Enumerable.Repeat(Unknown, max));
            Assert.Equal(max, (await client.GetAsync($"/v1/{name}?ids={ids}"))[name]!.AsArray().Count);
            Assert.Equal(
                "too many ids requested", await client.GetErrorAsync($"/v1/{name}?ids={ids},{Unknown}", HttpStatusCode.BadRequest));
        }
    }

    [Fact]
    public async Task Another_method_is_refused_in_the_same_form()
    {
        foreach (var (method, path, status) in new[]
        {
            (HttpMethod.Post, "/v1/tracks", HttpStatusCode.MethodNotAllowed), (HttpMethod.Put, "/v1/me/albums", HttpStatusCode.Forbidden),
            (HttpMethod.Delete, "/v1/search", HttpStatusCode.MethodNotAllowed),
        })
        {
            using var response = await indexed.Client.SendAsync(new HttpRequestMessage(method, path));
            Assert.Equal(status, response.StatusCode);
            var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
            Assert.Equal((int)status, (int)error["status"]!);
            Assert.Equal(status == HttpStatusCode.MethodNotAllowed, response.Content.Headers.Allow.Contains("GET"));
        }
    }

    [Fact]
    public async Task Without_an_index_searches_and_top_tracks_say_so()
    {
        var client = await SpotifyClient.CreateAsync(bare.Client);
        foreach (var path in new[] { "/v1/search?q=a&type=track", "/v1/artists/fAPigjvVH6ry3ReVfAZhe5/top-tracks" })
        {
            Assert.Contains("need the search index", await client.GetErrorAsync(path, HttpStatusCode.ServiceUnavailable));
        }
    }

    [Fact]
    public async Task An_index_can_be_built_without_words_and_with_them_again()
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var with = await ServerProcess.RunAsync("index", "-db", database);
        Assert.True(with.ExitCode == 0, with.Output);
        var size = new FileInfo(folder["search_index.sqlite3"]).Length;
        var without = await ServerProcess.RunAsync("index", "-db", database, "-words", "off");
        Assert.Contains("built with words", without.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(folder["search_index.sqlite3"]).Length, 1, size - 1);
        await using (var server = await ServerProcess.StartAsync(database))
        {
            var client = await SpotifyClient.CreateAsync(server.Client);
            Assert.Contains(
                "with its words", await client.GetErrorAsync("/v1/search?q=the&type=track", HttpStatusCode.ServiceUnavailable));
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/search/track?q=the"));
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/v1/artists/fAPigjvVH6ry3ReVfAZhe5/top-tracks"));
        }

        var again = await ServerProcess.RunAsync("index", "-db", database);
        Assert.Contains("built without words", again.Output, StringComparison.Ordinal);
        Assert.Equal(size, new FileInfo(folder["search_index.sqlite3"]).Length);
    }

    [Fact]
    public async Task A_client_over_its_limit_is_told_when_to_come_back()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-rate-limit", "1", "-rate-burst", "1");
        var refused = 0;
        await Wait.UntilAsync(async () =>
        {
            using var response = await server.Client.GetAsync("/v1/markets");
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return false;
            }

            Assert.True(response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            Assert.Equal(429, (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["status"]!);
            refused++;
            return true;
        });
        Assert.Equal(1, refused);
    }

    [Theory]
    [InlineData("grant_type=client_credentials", "id:secret", HttpStatusCode.OK, null)]
    [InlineData("grant_type=client_credentials&scope=", "id:secret", HttpStatusCode.OK, null)]
    [InlineData("grant_type=client_credentials&client_id=a&client_secret=b", null, HttpStatusCode.OK, null)]
    [InlineData("grant_type=client_credentials", null, HttpStatusCode.BadRequest, "invalid_client")]
    [InlineData("grant_type=authorization_code&code=x", "id:secret", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData("", "id:secret", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    public async Task Any_credentials_are_given_a_token(string form, string? credentials, HttpStatusCode status, string? error)
    {
        var (answered, answer) = await FetchTokenAsync(indexed.Client, form, credentials);
        Assert.Equal(status, answered);
        Assert.Equal(error, (string?)answer["error"]);
        if (error is null)
        {
            Assert.Equal(["access_token", "expires_in", "token_type"], answer.AsObject().Select(field => field.Key).Order());
            Assert.Equal(("Bearer", 3600), ((string?)answer["token_type"], (int)answer["expires_in"]!));
        }
    }

    [Fact]
    public async Task Where_the_server_wants_a_token_its_secret_is_exchanged_for_it()
    {
        using var folder = new TemporaryFolder();
        const string Token = "0123456789abcdef0123";
        await File.WriteAllTextAsync(folder["token"], Token);
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-auth-token-file", folder["token"]);
        using var refused = await server.Client.GetAsync("/v1/markets");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(
            "{\"error\":{\"status\":401,\"message\":\"The access token expired\"}}", await refused.Content.ReadAsStringAsync());
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.ToString());
        var (status, answer) = await FetchTokenAsync(server.Client, "grant_type=client_credentials", "me:wrong-secret-wrong-secret");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_client"), (status, (string?)answer["error"]));
        (status, answer) = await FetchTokenAsync(server.Client, "grant_type=client_credentials", "me:" + Token);
        Assert.Equal(HttpStatusCode.OK, status);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/markets");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)answer["access_token"]!);
        using var accepted = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Addresses_are_those_by_which_the_client_calls()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-trusted-proxies", "127.0.0.1");
        Assert.Equal("http://a.example:81/v1/artists/", await AskAsync(server.Client, ("Host", "a.example:81")));
        Assert.Equal(
            "https://music.example/v1/artists/",
            await AskAsync(server.Client, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "other.example, music.example")));
        Assert.Equal(
            "http://b.example/v1/artists/", await AskAsync(server.Client, ("Host", "b.example"), ("X-Forwarded-Host", "<script>")));
        Assert.Contains(
            "\"href\":\"http://a!..b/v1/artists/",
            await RawHttp.SendAsync(
                server.Address, "GET /v1/artists/fAPigjvVH6ry3ReVfAZhe5 HTTP/1.1\r\nHost: a!..b\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);

        // Who is no proxy is not believed.
        Assert.Equal(
            "http://c.example/v1/artists/", await AskAsync(indexed.Client, ("Host", "c.example"), ("X-Forwarded-Host", "d.example")));
        using var other = new TemporaryFolder();
        await using var forwarded = await ServerProcess.StartAsync(
            other.AddConformanceCatalog(), "-trusted-proxies", "127.0.0.1", "-forwarded-header", "Forwarded");
        Assert.Equal(
            "https://e.example/v1/artists/", await AskAsync(forwarded.Client, ("Forwarded", "for=1.2.3.4;proto=https;host=\"e.example\"")));
        using var third = new TemporaryFolder();
        await using var configured = await ServerProcess.StartAsync(
            third.AddConformanceCatalog(), "-public-url", "https://f.example/music/");
        Assert.Equal("https://f.example/music/v1/artists/", await AskAsync(configured.Client, ("Host", "g.example")));
    }

    [Fact]
    public async Task A_client_that_has_the_answer_gets_304_by_the_name_it_called()
    {
        var path = "/v1/artists/fAPigjvVH6ry3ReVfAZhe5";
        using var first = await indexed.Client.GetAsync(path);
        var tag = first.Headers.ETag!;
        using var same = await indexed.Client.SendAsync(Request(path, ("If-None-Match", tag.ToString())));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var other = await indexed.Client.SendAsync(Request(path, ("If-None-Match", tag.ToString()), ("Host", "other.example")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_read()
    {
        using var answer = await indexed.Client.SendAsync(Request("/v1/markets", ("Origin", "https://a.example")));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        using var preflight = Request("/v1/markets", ("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization"));
        preflight.Method = HttpMethod.Options;
        using var allowed = await indexed.Client.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Contains(
            "authorization",
            Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Headers")),
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Turned_off_there_is_nothing_of_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-spotify", "off");
        foreach (var path in new[] { "/v1/markets", "/v1/search?q=a&type=track" })
        {
            using var response = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("music.example")]
    [InlineData("ftp://music.example")]
    [InlineData("https://music.example/?a=b")]
    [InlineData("https://me@music.example/")]
    public async Task A_public_address_that_is_none_is_refused(string url)
    {
        var (exitCode, output) = await ServerProcess.RunAsync("-public-url", url);
        Assert.Equal(2, exitCode);
        Assert.Contains("https://music.example.org", output, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> FetchTokenAsync(HttpClient client, string form, string? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/token");
        request.Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
        request.Headers.Authorization = credentials is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        using var response = await client.SendAsync(request);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>What the address of an artist begins with, for a client with some headers.</summary>
    private static async Task<string> AskAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        const string Artist = "fAPigjvVH6ry3ReVfAZhe5";
        using var response = await client.SendAsync(Request("/v1/artists/" + Artist, headers));
        var href = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["href"]!;
        Assert.EndsWith(Artist, href, StringComparison.Ordinal);
        return href[..^Artist.Length];
    }

    private static HttpRequestMessage Request(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return request;
    }
}
