using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MusicMetadata.Tests.Conformance;

namespace MusicMetadata.Tests.Postgres;

/// <summary>What a catalog answers from PostgreSQL is what it answers from its files.</summary>
[Collection(PostgresTests.Name)]
public class AnswerTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_recorded_request_gets_the_recorded_answer(bool withSearchIndex)
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var address = await postgres.LoadAsync(folder.AddConformanceCatalog());
        var index = folder["index.sqlite3"];
        if (withSearchIndex)
        {
            var (exitCode, output) = await postgres.RunAsync("index", "-db", address, "-index", index);
            Assert.True(exitCode == 0, output);
        }

        await using var server = await postgres.ServeAsync(address, withSearchIndex ? ["-index", index] : []);
        Assert.Empty(await RecordedAnswers.FindDifferencesAsync(server.Client));
    }

    [Fact]
    public async Task Everything_of_an_awkward_catalog_is_answered_as_from_its_files()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        await DemoCatalogs.EnsureAsync(folder.Path, tracks: 3_000);
        var database = folder["main_database.sqlite3"];
        var address = await postgres.LoadAsync(database);
        Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", database)).ExitCode);
        var (exitCode, output) = await postgres.RunAsync("index", "-db", address, "-index", folder["index.sqlite3"]);
        Assert.True(exitCode == 0, output);
        await using var files = await ServerProcess.StartAsync(database);
        await using var server = await postgres.ServeAsync(address, "-index", folder["index.sqlite3"]);
        foreach (var path in PathsOf(database))
        {
            Assert.Equal((path, await AskAsync(files.Client, path)), (path, await AskAsync(server.Client, path)));
        }

        foreach (var batch in BatchesOf(database))
        {
            var expected = await AskAsync(files.Client, "/batch/lookup", batch);
            var found = await AskAsync(server.Client, "/batch/lookup", batch);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Answer), JsonNode.Parse(found.Answer)), batch);
        }
    }

    [Fact]
    public async Task A_lookup_and_a_batch_of_tracks_are_one_statement_each()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var address = await postgres.LoadAsync(database);
        var ids = DemoCatalogs.Texts(database, "SELECT id FROM tracks ORDER BY rowid LIMIT 400");
        await using var server = await postgres.ServeAsync(address);
        var before = await CountStatementsAsync(server);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync($"/lookup/track/{ids[0]}"));
        Assert.Equal(before + 1, await CountStatementsAsync(server));
        var batch = new JsonObject { ["tracks"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) };
        var (status, answer) = await AskAsync(server.Client, "/batch/lookup", batch.ToJsonString());
        Assert.Equal(200, status);
        Assert.Equal(400, JsonNode.Parse(answer)!["tracks"]!.AsObject().Count);
        Assert.Equal(before + 2, await CountStatementsAsync(server));
        Assert.Equal(HttpStatusCode.NotFound, await server.StatusAsync("/lookup/track/nope%1F%22%5C%7B"));
    }

    [Fact]
    public async Task Two_servers_have_the_same_entity_tags()
    {
        Needs.Postgres();
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        var address = await postgres.LoadAsync(database);
        var path = "/lookup/track/" + DemoCatalogs.Texts(database, "SELECT id FROM tracks LIMIT 1")[0];
        await using var one = await postgres.ServeAsync(address);
        await using var other = await postgres.ServeAsync(address);
        using var first = await one.Client.GetAsync(path);
        using var second = await other.Client.GetAsync(path);
        Assert.NotNull(first.Headers.ETag);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    private static async Task<double> CountStatementsAsync(ServerProcess server)
    {
        var metrics = await server.Client.GetStringAsync("/metrics");
        var counts = metrics.Split('\n')
            .Where(line => line.StartsWith("metadata_api_postgres_round_trips_total{", StringComparison.Ordinal));
        return counts.Sum(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> PathsOf(string database)
    {
        foreach (var id in DemoCatalogs.Texts(database, "SELECT id FROM tracks ORDER BY rowid LIMIT 500"))
        {
            yield return $"/lookup/track/{Uri.EscapeDataString(id)}";
        }

        foreach (var id in DemoCatalogs.Texts(database, "SELECT id FROM albums ORDER BY rowid LIMIT 200"))
        {
            yield return $"/lookup/album/{Uri.EscapeDataString(id)}";
            yield return $"/lookup/album/{Uri.EscapeDataString(id)}/tracks";
        }

        foreach (var id in DemoCatalogs.Texts(database, "SELECT id FROM artists ORDER BY followers_total DESC LIMIT 100"))
        {
            yield return $"/lookup/artist/{Uri.EscapeDataString(id)}";
            yield return $"/lookup/artist/{Uri.EscapeDataString(id)}/albums?limit=50";
            yield return $"/lookup/artist/{Uri.EscapeDataString(id)}/albums?groups=appears_on,single";
            yield return $"/lookup/artist/{Uri.EscapeDataString(id)}/top-tracks";
        }

        foreach (var isrc in DemoCatalogs.Texts(database, "SELECT external_id_isrc FROM tracks WHERE external_id_isrc <> '' LIMIT 200"))
        {
            yield return $"/lookup/isrc/{Uri.EscapeDataString(isrc)}";
        }

        foreach (var name in DemoCatalogs.Texts(database, "SELECT substr(name, 1, 5) FROM tracks WHERE length(name) > 4 LIMIT 60"))
        {
            yield return $"/search/track?q={Uri.EscapeDataString(name)}&limit=50";
            yield return $"/search/album?q={Uri.EscapeDataString(name)}";
            yield return $"/search/artist?q={Uri.EscapeDataString(name)}";
        }
    }

    private static IEnumerable<string> BatchesOf(string database)
    {
        JsonArray Ids(string sql) => [.. DemoCatalogs.Texts(database, sql).Append("nope").Select(id => (JsonNode)id)];
        yield return new JsonObject
        {
            ["tracks"] = Ids("SELECT id FROM tracks ORDER BY id LIMIT 99"),
            ["artists"] = Ids("SELECT id FROM artists ORDER BY id LIMIT 99"),
            ["albums"] = Ids("SELECT id FROM albums ORDER BY id LIMIT 99"),
            ["isrcs"] = Ids("SELECT DISTINCT external_id_isrc FROM tracks WHERE external_id_isrc <> '' LIMIT 95"),
        }.ToJsonString();
        yield return """{"tracks":["nope"]}""";
    }

    /// <summary>Status and answer. PostgreSQL holds no NUL, and <c>load</c> writes U+FFFD instead.</summary>
    private static async Task<(int Status, string Answer)> AskAsync(HttpClient client, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, answer.Replace("\\u0000", "\uFFFD", StringComparison.Ordinal));
    }
}
