using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace MusicMetadata.Tests.Server;

/// <summary>Matching over a real socket, on an invented catalog with its index.</summary>
public sealed class MatchTests(MatchTests.Fixture fixture) : IClassFixture<MatchTests.Fixture>
{
    [Fact]
    public async Task An_exact_item_of_any_track_finds_its_recording_alone_and_in_a_batch()
    {
        var document = await OpenApiDocument.GetAsync(fixture.Client);
        var items = fixture.Tracks
            .Where((track, i) => i % 7 == 0 && char.IsAsciiLetterUpper(track.Title.FirstOrDefault()))
            .Take(400)
            .ToArray();
        var found = (await PostAsync("/match", new JsonObject
        {
            ["items"] = new JsonArray([.. items.Select((track, i) => track.ToItem(i))]),
            ["limit"] = 3,
        }))["results"]!.AsArray();
        Assert.Equal(items.Length, found.Count);
        for (var i = 0; i < items.Length; i++)
        {
            Assert.Equal(i, (int)found[i]!["ref"]!);
            var best = found[i]!["matches"]![0]!;
            Assert.True(
                (string)best["track"]!["name"]! == items[i].Title && (double)best["score"]! > 0.5,
                $"{items[i].Title}: {found[i]!.ToJsonString()}");
        }

        foreach (var i in Enumerable.Range(0, 20).Select(n => n * 15 % items.Length))
        {
            var text = await fixture.Client.GetStringAsync($"/match/track?limit=3&{items[i].ToQuery()}");
            Assert.Null(document.Fault("GET", "/match/track", 200, "application/json", text));
            var alone = JsonNode.Parse(text)!.AsObject();
            var inBatch = found[i]!.DeepClone().AsObject();
            Assert.True(inBatch.Remove("ref"));
            Assert.Equal(inBatch.ToJsonString(), alone.ToJsonString());
        }
    }

    [Fact]
    public async Task A_folder_finds_its_album_and_each_file_its_track()
    {
        var document = await OpenApiDocument.GetAsync(fixture.Client);
        var album = fixture.Tracks.GroupBy(track => track.AlbumId).First(tracks => tracks.Count() is > 5 and < 20).ToArray();
        var files = album.Reverse().ToArray();
        var answer = await PostAsync("/match/album", new JsonObject
        {
            ["album"] = album[0].Album,
            ["artist"] = new JsonArray([.. album[0].Artists.Select(artist => (JsonNode)artist)]),
            ["files"] = new JsonArray([.. files.Select(track => track.ToFile()), new JsonObject { ["title"] = "no such title anywhere" }]),
        });
        Assert.Null(document.Fault("POST", "/match/album", 200, "application/json", answer.ToJsonString()));
        Assert.Equal(album[0].AlbumId, (string)answer["album"]!["id"]!);
        Assert.Equal([files.Length], answer["extra"]!.AsArray().Select(file => (int)file!));
        Assert.Empty(answer["missing"]!.AsArray());
        Assert.Equal(files.Length, answer["assignments"]!.AsArray().Count);
        Assert.All(
            answer["assignments"]!.AsArray(),
            pair => Assert.Equal(files[(int)pair!["file"]!].Title, album.Single(track => track.Id == (string)pair["track_id"]!).Title));
    }

    [Fact]
    public async Task One_bad_item_has_an_error_of_its_own()
    {
        var answer = await PostTextAsync(
            "/match",
            "{\"items\":[{\"ref\":\"a\"},{\"title\":1},7,{\"title\":\"\\ud800\"},{\"title\":\"x\",\"duration_ms\":-1},{\"title\":\"x\"}]}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Null((await OpenApiDocument.GetAsync(fixture.Client)).Fault("POST", "/match", 200, "application/json", text));
        var results = JsonNode.Parse(text)!["results"]!.AsArray();
        Assert.Equal("a", (string)results[0]!["ref"]!);
        Assert.All(results.Take(5), result => Assert.NotNull(result!["error"]));
        Assert.Equal("none", (string)results[5]!["decision"]!);
    }

    [Theory]
    [InlineData("/match/track")]
    [InlineData("/match/track?artist=x")]
    [InlineData("/match/track?title=x&duration_ms=-1")]
    [InlineData("/match/track?title=x&duration_ms=1.5")]
    [InlineData("/match/track?title=x&limit=0")]
    [InlineData("/match/track?title=x&explicit=maybe")]
    [InlineData("/match/track?title=x&year=99999")]
    public async Task A_query_that_makes_no_sense_is_refused(string path)
    {
        using var answer = await fixture.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Texts_that_are_too_long_and_artists_that_are_too_many_are_refused()
    {
        using var title = await fixture.Client.GetAsync("/match/track?title=" + new string('x', 10_000));
        Assert.Equal(HttpStatusCode.BadRequest, title.StatusCode);
        using var artists = await fixture.Client.GetAsync("/match/track?title=x" + string.Concat(Enumerable.Repeat("&artist=a", 100)));
        Assert.Equal(HttpStatusCode.BadRequest, artists.StatusCode);
    }

    [Theory]
    [InlineData("/match/track?title=%00%1b")]
    [InlineData("/match/track?title=%FF%FE&artist=%E6%97")]
    [InlineData("/match/track?isrc=nonsense")]
    [InlineData("/match/track?title=%28")]
    [InlineData("/match/track?q=-")]
    [InlineData("/match/track?q=%20-%20a%20-%20")]
    [InlineData("/match/track?title=Track%2001&artist=Unknown%20Artist")]
    [InlineData("/match/track?title=x&limit=999999999999")]
    public async Task What_nobody_has_is_not_found_or_refused_but_never_an_error(string path)
    {
        using var answer = await fixture.Client.GetAsync(path);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            Assert.NotEqual("accept", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["decision"]!);
        }
    }

    [Theory]
    [InlineData("/match", "")]
    [InlineData("/match", "[]")]
    [InlineData("/match", "{\"items\":{}}")]
    [InlineData("/match", "{\"items\":[]}")]
    [InlineData("/match", "{\"items\":[{\"title\":\"x\"}],\"limit\":0}")]
    [InlineData("/match/album", "{\"files\":[]}")]
    [InlineData("/match/album", "{\"album\":\"x\"}")]
    [InlineData("/match/album", "{\"files\":[{\"title\":\"\\ud800\"}]}")]
    public async Task A_body_that_makes_no_sense_is_refused(string path, string body)
    {
        using var answer = await PostTextAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null((await OpenApiDocument.GetAsync(fixture.Client)).Fault(
            "POST", path, 400, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task More_items_or_files_than_allowed_are_refused()
    {
        var many = JsonSerializer.Serialize(Enumerable.Repeat(new { title = "x" }, 401));
        using var items = await PostTextAsync("/match", $"{{\"items\":{many}}}");
        Assert.Equal(HttpStatusCode.BadRequest, items.StatusCode);
        using var files = await PostTextAsync("/match/album", $"{{\"files\":{many}}}");
        Assert.Equal(HttpStatusCode.BadRequest, files.StatusCode);
    }

    [Fact]
    public async Task Without_an_index_matching_says_what_it_needs()
    {
        await using var server = await ServerProcess.StartAsync(fixture.Database, "-index", "off");
        foreach (var path in new[] { "/match/track?title=x", "/match", "/match/album" })
        {
            using var answer = path.Contains('?', StringComparison.Ordinal)
                ? await server.Client.GetAsync(path)
                : await server.Client.PostAsync(path, new StringContent("{\"items\":[{\"title\":\"x\"}],\"files\":[{\"title\":\"x\"}]}"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("search index", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var answer = await PostTextAsync(path, body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> PostTextAsync(string path, string body) =>
        fixture.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>A track as a file may tell of it.</summary>
    internal sealed record Known(string Id, string Title, long DurationMs, string Album, string AlbumId, long Number, List<string> Artists)
    {
        public JsonObject ToItem(int reference)
        {
            var item = ToFile();
            item["ref"] = reference;
            item["album"] = Album;
            return item;
        }

        public JsonObject ToFile() => new()
        {
            ["title"] = Title,
            ["artist"] = new JsonArray([.. Artists.Select(artist => (JsonNode)artist)]),
            ["duration_ms"] = DurationMs,
            ["track_number"] = Number,
        };

        public string ToQuery() =>
            $"title={Uri.EscapeDataString(Title)}&album={Uri.EscapeDataString(Album)}&duration_ms={DurationMs}&track_number={Number}"
            + string.Concat(Artists.Select(artist => $"&artist={Uri.EscapeDataString(artist)}"));
    }

    /// <summary>A server on an invented catalog, and what the tracks of it are.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private ServerProcess _server = null!;

        internal string Database => _folder["main_database.sqlite3"];

        internal HttpClient Client => _server.Client;

        internal IReadOnlyList<Known> Tracks { get; private set; } = [];

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            var (code, output) = await ServerProcess.RunAsync("demo", "-tracks", "5000", "-data", _folder.Path, "-only-write");
            Assert.True(code == 0, output);
            Tracks = Read(Database);
            _server = await ServerProcess.StartAsync(Database);
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            _folder.Dispose();
        }

        internal static List<Known> Read(string database)
        {
            using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT t.id, t.name, t.duration_ms, b.name, b.id, t.track_number, a.name
                FROM tracks t
                JOIN albums b ON b.rowid = t.album_rowid
                JOIN track_artists c ON c.track_rowid = t.rowid
                JOIN artists a ON a.rowid = c.artist_rowid
                ORDER BY t.rowid, c.rowid
                """;
            using var rows = command.ExecuteReader();
            var tracks = new List<Known>();
            while (rows.Read())
            {
                if (tracks.Count == 0 || tracks[^1].Id != rows.GetString(0))
                {
                    var (id, title, album) = (rows.GetString(0), rows.GetString(1), rows.GetString(4));
                    tracks.Add(new Known(id, title, rows.GetInt64(2), rows.GetString(3), album, rows.GetInt64(5), []));
                }

                tracks[^1].Artists.Add(rows.GetString(6));
            }

            return tracks;
        }
    }
}
