using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server;

/// <summary>UPCs, albums and top tracks of artists, filters and pages, over a real socket.</summary>
public sealed class FindingTests(IndexedServer indexed, ConformanceServer bare)
    : IClassFixture<IndexedServer>, IClassFixture<ConformanceServer>
{
    /// <summary>Has the most albums, and appears on others.</summary>
    private const string Artist = "fAPigjvVH6ry3ReVfAZhe5";

    [Theory]
    [InlineData("0547216574129")]
    [InlineData("547216574129")]
    [InlineData("00547216574129")]
    public async Task A_UPC_finds_its_albums_with_any_number_of_leading_zeros(string upc)
    {
        var albums = await GetAsync("/lookup/upc/" + upc);
        var album = Assert.Single(albums)!;
        Assert.Equal("0547216574129", (string?)album["upc"]);
        var single = JsonNode.Parse(await indexed.Client.GetStringAsync($"/lookup/album/{album["id"]}"));
        Assert.True(JsonNode.DeepEquals(single, album));
    }

    [Theory]
    [InlineData("/lookup/upc/99999999999999")]
    [InlineData("/lookup/upc/00000000")]
    public async Task A_UPC_that_no_album_has_finds_nothing(string path) => Assert.Empty(await GetAsync(path));

    [Fact]
    public async Task The_albums_of_an_artist_come_newest_first_in_pages_that_do_not_overlap()
    {
        var expected = AlbumsOf("1");
        Assert.True(expected.Count > 50);
        Assert.Equal(expected.Take(20), Ids(await GetAsync($"/lookup/artist/{Artist}/albums")));
        Assert.Equal(expected.Take(50), Ids(await GetAsync($"/lookup/artist/{Artist}/albums?limit=1000")));
        var paged = new List<string>();
        for (var offset = 0; offset < expected.Count; offset += 7)
        {
            paged.AddRange(Ids(await GetAsync($"/lookup/artist/{Artist}/albums?limit=7&offset={offset}")));
        }

        Assert.Equal(expected, paged);
        Assert.Empty(await GetAsync($"/lookup/artist/{Artist}/albums?offset=1000000"));
    }

    [Theory]
    [InlineData("single", "own AND album_type = 'single'")]
    [InlineData("compilation", "own AND album_type = 'compilation'")]
    [InlineData("album,appears_on", "NOT own OR album_type = 'album'")]
    [InlineData("appears_on", "NOT own")]
    [InlineData("album,single,compilation,appears_on", "1")]
    public async Task Groups_choose_among_the_albums_of_an_artist(string groups, string condition) =>
        Assert.Equal(AlbumsOf(condition).Take(50), Ids(await GetAsync($"/lookup/artist/{Artist}/albums?limit=50&groups={groups}")));

    [Fact]
    public async Task The_top_tracks_of_an_artist_are_the_most_popular_that_credit_it()
    {
        var expected = indexed.Texts(
            "SELECT DISTINCT t.id FROM artists a JOIN track_artists c ON c.artist_rowid = a.rowid JOIN tracks t ON t.rowid = c.track_rowid "
            + "WHERE a.id = ?1 ORDER BY t.popularity DESC, t.rowid DESC",
            Artist);
        Assert.Equal(expected.Take(10), Ids(await GetAsync($"/lookup/artist/{Artist}/top-tracks")));
        var most = await GetAsync($"/lookup/artist/{Artist}/top-tracks?limit=51");
        Assert.Equal(expected.Take(50), Ids(most));
        var single = JsonNode.Parse(await indexed.Client.GetStringAsync($"/lookup/track/{expected[0]}"));
        Assert.True(JsonNode.DeepEquals(single, most[0]));
    }

    [Fact]
    public async Task A_search_is_narrowed_by_artist_album_and_year()
    {
        var track = (await GetAsync($"/lookup/artist/{Artist}/top-tracks?limit=1"))[0]!;
        var text = Uri.EscapeDataString(((string)track["name"]!)[..3]);
        var artist = Uri.EscapeDataString(((string)track["artists"]![0]!["name"]!).ToUpperInvariant());
        var album = Uri.EscapeDataString((string)track["album"]!["name"]!);
        var year = ((string)track["album"]!["release_date"]!)[..4];
        var path = $"/search/track?q={text}&artist={artist}&album={album}&year={year}";
        Assert.Contains((string?)track["id"], Ids(await GetAsync(path)));
        Assert.Contains((string?)track["id"], Ids(await GetAsync(path + "-9999&limit=50")));
        Assert.Empty(await GetAsync($"/search/track?q={text}&artist={artist}&year=0001-1000"));
        Assert.Empty(await GetAsync($"/search/track?q={text}&artist=%CC%81%CC%81"));
        var albums = await GetAsync($"/search/album?q={album}&artist={artist}&year={year}");
        Assert.Contains((string?)track["album"]!["id"], Ids(albums));
    }

    [Fact]
    public async Task Pages_of_a_search_follow_each_other()
    {
        var whole = Ids(await GetAsync("/search/track?q=an&limit=50")).ToList();
        var paged = new List<string>();
        for (var offset = 0; offset < 50; offset += 10)
        {
            paged.AddRange(Ids(await GetAsync($"/search/track?q=an&limit=10&offset={offset}")));
        }

        Assert.Equal(whole, paged);
    }

    [Theory]
    [InlineData("/lookup/upc/1234567", 400)]
    [InlineData("/lookup/upc/123456789012345", 400)]
    [InlineData("/lookup/upc/12345678x", 400)]
    [InlineData("/lookup/upc/%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1", 400)]
    [InlineData("/lookup/upc/", 404)]
    [InlineData("/lookup/artist/nope/albums", 404)]
    [InlineData("/lookup/artist/nope/top-tracks", 404)]
    [InlineData("/lookup/artist/" + Artist + "/albums?groups=", 400)]
    [InlineData("/lookup/artist/" + Artist + "/albums?groups=album,", 400)]
    [InlineData("/lookup/artist/" + Artist + "/albums?groups=Album", 400)]
    [InlineData("/lookup/artist/" + Artist + "/albums?limit=0", 400)]
    [InlineData("/lookup/artist/" + Artist + "/albums?offset=1000001", 400)]
    [InlineData("/lookup/artist/" + Artist + "/albums?offset=-1", 400)]
    [InlineData("/lookup/artist/" + Artist + "/top-tracks?limit=ten", 400)]
    [InlineData("/search/track?q=an&offset=951", 400)]
    [InlineData("/search/track?q=an&offset=99999999999999999999", 400)]
    [InlineData("/search/track?q=an&offset=", 400)]
    [InlineData("/search/track?q=an&artist=", 400)]
    [InlineData("/search/track?q=an&artist=a", 400)]
    [InlineData("/search/track?q=an&album=%22", 400)]
    [InlineData("/search/track?q=an&year=94", 400)]
    [InlineData("/search/track?q=an&year=1999-1990", 400)]
    [InlineData("/search/track?q=an&year=1990-", 400)]
    [InlineData("/search/track?q=an&year=1990-1991-1992", 400)]
    [InlineData("/search/track?artist=an", 400)]
    [InlineData("/search/album?q=an&album=an", 400)]
    [InlineData("/search/artist?q=an&artist=an", 400)]
    [InlineData("/search/artist?q=an&year=1990", 400)]
    public async Task Bad_input_is_told_what_is_wrong(string path, int status)
    {
        using var answer = await indexed.Client.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty((string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!);
        Assert.Null(answer.Headers.ETag);
    }

    [Theory]
    [InlineData("/lookup/upc/0547216574129")]
    [InlineData("/lookup/artist/" + Artist + "/albums?offset=3")]
    [InlineData("/lookup/artist/" + Artist + "/top-tracks")]
    [InlineData("/search/track?q=an&year=1990-2020")]
    public async Task A_client_that_has_the_answer_gets_304(string path)
    {
        using var first = await indexed.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await indexed.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/lookup/upc/0547216574129", "UPC lookups")]
    [InlineData("/lookup/artist/" + Artist + "/top-tracks", "Top tracks")]
    [InlineData("/search/track?q=an&artist=an", "Searches")]
    [InlineData("/search/album?q=an&year=1990", "Searches")]
    public async Task Without_an_index_what_needs_one_says_so(string path, string what)
    {
        using var answer = await bare.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var detail = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!;
        Assert.StartsWith(what, detail, StringComparison.Ordinal);
        Assert.Contains("metadata-api index", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_index_albums_and_pages_are_the_same_as_with_one()
    {
        foreach (var path in new[] { $"/lookup/artist/{Artist}/albums?limit=50&offset=5", "/search/track?q=an&limit=50&offset=100" })
        {
            Assert.Equal(await indexed.Client.GetStringAsync(path), await bare.Client.GetStringAsync(path));
        }
    }

    [Fact]
    public async Task A_batch_takes_UPCs_and_names_them_as_they_were_asked_for()
    {
        var asked = new { artists = new[] { Artist }, upcs = new[] { "547216574129", "0834238858526", "99999999999999", "nonsense" } };
        var batch = await BatchAsync(indexed.Client, asked);
        Assert.Equal(["artists", "upcs"], batch.Select(map => map.Key));
        Assert.Equal(["0834238858526", "547216574129"], batch["upcs"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
        foreach (var (upc, albums) in batch["upcs"]!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(await GetAsync("/lookup/upc/" + upc), albums));
        }

        var without = await BatchAsync(bare.Client, asked);
        Assert.Equal(["artists", "errors"], without.Select(map => map.Key));
        Assert.StartsWith("UPC lookups need the search index", (string?)without["errors"]!["upcs"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(JsonArray entities) => entities.Select(entity => (string)entity!["id"]!);

    private static async Task<JsonObject> BatchAsync(HttpClient client, object body)
    {
        using var answer = await client.PostAsJsonAsync("/batch/lookup", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>An album that the artist both made and appears on is its own.</summary>
    private List<string> AlbumsOf(string condition) => indexed.Texts(
        "SELECT id FROM (SELECT b.id, b.rowid AS key, b.release_date, b.album_type, min(c.is_appears_on) = 0 AS own FROM artists a "
        + "JOIN artist_albums c ON c.artist_rowid = a.rowid JOIN albums b ON b.rowid = c.album_rowid WHERE a.id = ?1 GROUP BY b.rowid) "
        + $"WHERE {condition} ORDER BY release_date DESC, key",
        Artist);

    private async Task<JsonArray> GetAsync(string path) => JsonNode.Parse(await indexed.Client.GetStringAsync(path))!.AsArray();
}
