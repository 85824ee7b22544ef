using System.Net;
using System.Text.RegularExpressions;

namespace MusicMetadata.Tests.Server;

public sealed partial class MetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_metric_that_a_dashboard_or_alert_asks_for_exists()
    {
        var metrics = (await ScrapeAfterUseAsync())
            .Split('\n').Where(line => line is not ['#', ..]).Select(line => line.Split('{', ' ')[0]).ToHashSet();
        var asked = 0;
        foreach (var file in new[] { "alerts.yml", "grafana-dashboard.json" })
        {
            var config = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "monitoring", file));
            foreach (Match name in MetricName().Matches(config))
            {
                asked++;
                Assert.True(metrics.Contains(name.Value), $"{file} asks for {name.Value}, which /metrics does not have.");
            }
        }

        Assert.True(asked > 20);
    }

    [Fact]
    public async Task Labels_are_route_templates_never_what_clients_asked_for()
    {
        var text = await ScrapeAfterUseAsync();
        Assert.Contains("http_route=\"/lookup/track/{id}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wnCK1AIfsiaubgjkCieLBF", text, StringComparison.Ordinal);
        Assert.DoesNotContain("INVENTED", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_status_once_each()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        for (var i = 0; i < 7; i++)
        {
            using var response = await server.Client.GetAsync("/lookup/artist/none");
        }

        Assert.Contains(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"404\","
                + "http_route=\"/lookup/artist/{id}\"} 7\n",
            await server.Client.GetStringAsync("/metrics"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata_api_rate_limited_total{}")]
    [InlineData("metadata_api_searches_total{by=\"index\"}")]
    [InlineData("metadata_api_cache_validations_total{result=\"stale\"}")]
    [InlineData("metadata_api_reloads_total{result=\"failed\"}")]
    public async Task Counters_are_there_before_they_count_so_that_their_first_step_can_raise_an_alert(string series)
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog());
        Assert.Contains($"\n{series} 0\n", await server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_address_of_their_own_metrics_are_nowhere_else()
    {
        var port = FreePort();
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-metrics-addr", $"127.0.0.1:{port}");
        (string, bool, bool)[] expected =
        [
            ("/metrics", false, true), ("/metrics/", false, true), ("/Metrics/", false, true), ("/livez", true, true),
            ("/readyz", true, true), ("/search/track?q=lu", true, false),
        ];
        foreach (var (path, isPublic, isOnMetrics) in expected)
        {
            using var onPublic = await server.Client.GetAsync(path);
            using var onMetrics = await server.Client.GetAsync($"http://127.0.0.1:{port}{path}");
            Assert.Equal(isPublic ? HttpStatusCode.OK : HttpStatusCode.NotFound, onPublic.StatusCode);
            Assert.Equal(isOnMetrics ? HttpStatusCode.OK : HttpStatusCode.NotFound, onMetrics.StatusCode);
        }

        using var posted = await server.Client.PostAsync("/metrics", null);
        using var postedToMetrics = await server.Client.PostAsync($"http://127.0.0.1:{port}/metrics", null);
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, postedToMetrics.StatusCode);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// What a server shows after each of its parts has been used once, a refused connection and a failed reload among it.
    /// </summary>
    private async Task<string> ScrapeAfterUseAsync()
    {
        await using var server = await ServerProcess.StartAsync(_folder.AddConformanceCatalog(), "-rate-limit", "1", "-rate-burst", "10");
        using var first = await server.Client.GetAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/lookup/track/wnCK1AIfsiaubgjkCieLBF");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await server.Client.SendAsync(again);
        using var batch = await server.Client.PostAsync("/batch/lookup", new StringContent("{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\"]}"));
        using var search = await server.Client.GetAsync("/search/track?q=lu");
        using var nowhere = await server.Client.GetAsync("/nowhere");
        using var odd = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod("INVENTED"), "/health"));
        for (var i = 0; i < 20; i++)
        {
            using var refused = await server.Client.GetAsync("/lookup/track/none");
        }

        server.Signal(ServerProcess.HangUp);
        await server.WaitForMetricAsync("metadata_api_reloads_total{result=\"ok\"}", value => value == 1);
        return await server.Client.GetStringAsync("/metrics");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("(metadata_api|http_server|process|dotnet|kestrel)_[a-z_]+")]
    private static partial Regex MetricName();
}
