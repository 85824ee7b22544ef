using System.Net;

namespace MusicMetadata.Tests.Server;

public sealed class RateLimitTests : IDisposable
{
    private static readonly string[] Strict = ["-rate-limit", "1", "-rate-burst", "5"];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task More_than_the_burst_is_answered_429_with_the_limit_and_when_to_come_back()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), Strict);
        using var refused = await AskUntilRefusedAsync(server);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal("\"client\";q=5;w=5", Assert.Single(refused.Headers.GetValues("RateLimit-Policy")));
        Assert.Matches("^\"client\";r=0;t=[45]$", Assert.Single(refused.Headers.GetValues("RateLimit")));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    public async Task Health_and_metrics_are_never_limited(string path)
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), Strict);
        for (var i = 0; i < 50; i++)
        {
            using var response = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_header_from_a_peer_that_is_no_trusted_proxy_buys_nothing()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), Strict);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            statuses.Add(await AskForAsync(server, "X-Forwarded-For", $"192.0.2.{i}"));
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "{0}")]
    [InlineData("Forwarded", "for=\"{0}\";proto=https")]
    public async Task A_trusted_proxys_clients_are_limited_one_by_one(string header, string form)
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.AddConformanceCatalog(), [.. Strict, "-trusted-proxies", "127.0.0.1", "-forwarded-header", header]);
        for (var client = 0; client < 20; client++)
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                await AskForAsync(
                    server, header, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, $"192.0.2.{client}")));
        }

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            // What stands before the proxy's own entry is the client's invention.
            var forged = header == "Forwarded" ? $"for=1.2.3.{i}, " : $"1.2.3.{i}, ";
            statuses.Add(
                await AskForAsync(
                    server, header, forged + string.Format(System.Globalization.CultureInfo.InvariantCulture, form, "192.0.2.99")));
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task An_exempt_network_is_not_limited()
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.AddConformanceCatalog(), [.. Strict, "-rate-limit-exempt", "127.0.0.0/8,::1"]);
        for (var i = 0; i < 50; i++)
        {
            using var response = await server.Client.GetAsync("/lookup/track/none");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpResponseMessage> AskUntilRefusedAsync(ServerProcess server)
    {
        for (var i = 0; i < 1000; i++)
        {
            var response = await server.Client.GetAsync("/lookup/track/none");
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return response;
            }

            response.Dispose();
        }

        throw new InvalidOperationException("A thousand requests and none was refused.");
    }

    private static async Task<HttpStatusCode> AskForAsync(ServerProcess server, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/lookup/track/none");
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }
}
