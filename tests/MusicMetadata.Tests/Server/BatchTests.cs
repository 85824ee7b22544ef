using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Server;

public sealed class BatchTests(ConformanceServer fixture) : IClassFixture<ConformanceServer>
{
    [Fact]
    public async Task Four_hundred_items_are_answered_as_four_hundred_lookups_are()
    {
        var asked = Sample(130, 130, 130, 10);
        using var response = await fixture.Client.PostAsJsonAsync("/batch/lookup", asked);
        var batch = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(["tracks", "artists", "albums", "isrcs"], batch.Select(map => map.Key));
        foreach (var (map, path) in new[] { ("tracks", "track"), ("artists", "artist"), ("albums", "album"), ("isrcs", "isrc") })
        {
            Assert.Equal(
                asked[map].Order(StringComparer.Ordinal), batch[map]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
            foreach (var (key, value) in batch[map]!.AsObject())
            {
                var single = await fixture.Client.GetStringAsync($"/lookup/{path}/{Uri.EscapeDataString(key)}");
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(single), value), key);
            }
        }
    }

    [Fact]
    public async Task What_is_not_found_is_left_out_and_repeats_are_answered_once()
    {
        var track = Sample(1, 1, 1, 1)["tracks"][0];
        using var response = await fixture.Client.PostAsJsonAsync(
            "/batch/lookup",
            new { tracks = new[] { track, "none", track, "" }, artists = new[] { "none" }, isrcs = new[] { "none", "\"\\\u0001" } });
        var batch = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(["tracks"], batch.Select(map => map.Key));
        Assert.Equal([track], batch["tracks"]!.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task An_isrc_is_answered_under_the_form_it_was_asked_in()
    {
        using var response = await fixture.Client.PostAsJsonAsync(
            "/batch/lookup", new { isrcs = new[] { "qm-mm1-42-06647", "QMM1I4206647", "qm-m1i-42 06647" } });
        var isrcs = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["isrcs"]!.AsObject();
        Assert.Equal(["QMM1I4206647", "qm-m1i-42 06647"], isrcs.Select(entry => entry.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_batches_and_lookups_at_once_are_all_answered()
    {
        var asked = Sample(100, 50, 50, 20);
        var body = JsonSerializer.Serialize(asked);
        var expected = await AskAsync(body);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskAsync(body)));
        Assert.All(answers, answer => Assert.True(JsonNode.DeepEquals(expected, answer)));
    }

    [Fact]
    public async Task A_thousand_clients_that_vanish_in_the_middle_leave_every_reader_free()
    {
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Sample(380, 10, 10, 0)));
        var request = Encoding.ASCII.GetBytes($"POST /batch/lookup HTTP/1.1\r\nHost: test\r\nContent-Length: {body.Length}\r\n\r\n")
            .Concat(body).ToArray();
        var fiftyAtOnce = new ParallelOptions { MaxDegreeOfParallelism = 50 };
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), fiftyAtOnce, async (i, cancellation) =>
        {
            using var connection = await RawHttp.ConnectAsync(fixture.Server.Address, receiveBuffer: 4096);
            await connection.SendAsync(request);
            if (i % 2 == 0)
            {
                _ = await connection.ReceiveAsync(new byte[1000]);
            }

            connection.Reset();
        });
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => fixture.Client.GetAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.DoesNotContain("fail:", fixture.Server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_named_and_the_rest_answered()
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();

        // The one page of an index that artists need and albums without artists do not.
        _ = DatabasePages.Overwrite(database, DatabasePages.RootOf(database, "artist_genres_artist_id"), new byte[DatabasePages.Size]);
        await using var server = await ServerProcess.StartAsync(database, "-mmap-size", "0");
        var asked = Sample(0, 3, 0, 0);
        using var response = await server.Client.PostAsJsonAsync(
            "/batch/lookup", new { artists = asked["artists"], albums = new[] { "none" } });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var batch = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(["errors"], batch.Select(part => part.Key));
        Assert.Equal("The catalog could not be read.", (string?)batch["errors"]!["artists"]);
        await server.WaitForLogAsync("malformed");
        using var single = await server.Client.GetAsync("/lookup/artist/" + asked["artists"][0]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, single.StatusCode);
        Assert.Equal("application/problem+json", single.Content.Headers.ContentType!.MediaType);
    }

    private static Dictionary<string, string[]> Sample(int tracks, int artists, int albums, int isrcs)
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteFile.OpenForReading(folder.AddConformanceCatalog(), 1 << 20);
        string[] Read(string sql, int count) => [.. connection.QueryTexts(sql, count)];
        return new()
        {
            ["tracks"] = Read("SELECT id FROM tracks ORDER BY rowid DESC LIMIT ?1", tracks),
            ["artists"] = Read("SELECT id FROM artists LIMIT ?1", artists),
            ["albums"] = Read("SELECT id FROM albums LIMIT ?1", albums),
            ["isrcs"] = Read("SELECT DISTINCT external_id_isrc FROM tracks WHERE external_id_isrc <> '' LIMIT ?1", isrcs),
        };
    }

    private async Task<JsonNode> AskAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await fixture.Client.PostAsync("/batch/lookup", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
