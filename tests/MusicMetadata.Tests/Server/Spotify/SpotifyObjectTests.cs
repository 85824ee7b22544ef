using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>What the objects below <c>/v1</c> have: keys, types, and the values of the catalog's rows.</summary>
public sealed partial class SpotifyObjectTests(IndexedServer indexed) : IClassFixture<IndexedServer>, IAsyncLifetime
{
    private const string Artist = "external_urls, href, id, name, type, uri";
    private const string FullArtist = Artist + ", followers, genres, images, popularity";
    private const string Album =
        "album_type, total_tracks, available_markets, external_urls, href, id, images, name, release_date, release_date_precision, type, "
        + "uri, artists";
    private const string FullAlbum = Album + ", tracks, copyrights, external_ids, genres, label, popularity";
    private const string Track =
        "artists, available_markets, disc_number, duration_ms, explicit, external_urls, href, id, name, preview_url, track_number, type, "
        + "uri, is_local";
    private const string FullTrack = Track + ", album, external_ids, popularity";
    private const string Page = "href, items, limit, next, offset, previous, total";

    private SpotifyClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await SpotifyClient.CreateAsync(indexed.Client);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Tracks_have_the_keys_and_values_that_clients_read()
    {
        var tracks = await AllAsync("tracks", 50);
        Assert.Equal(3000, tracks.Count);
        foreach (var track in tracks)
        {
            AssertKeys(FullTrack, track);
            AssertKeys(Album, track["album"]!);
            Assert.All(track["artists"]!.AsArray().Concat(track["album"]!["artists"]!.AsArray()), artist => AssertKeys(Artist, artist!));
            Assert.All(track["external_ids"]!.AsObject(), code => Assert.Equal("isrc", code.Key));
            AssertAddresses(track, "track");
            AssertAddresses(track["album"]!, "album");
            AssertIntegers(track, "disc_number", "duration_ms", "track_number", "popularity");
            Assert.False((bool)track["is_local"]!);
            Assert.True(track["preview_url"] is null || track["preview_url"]!.GetValueKind() == JsonValueKind.String);
        }

        AssertColumn("SELECT name FROM tracks ORDER BY rowid", tracks, track => track["name"]);
        AssertColumn(
            "SELECT coalesce(external_id_isrc, '') FROM tracks ORDER BY rowid", tracks, track => track["external_ids"]!["isrc"] ?? "");
        AssertColumn("SELECT popularity FROM tracks ORDER BY rowid", tracks, track => track["popularity"]);
        AssertColumn("SELECT explicit FROM tracks ORDER BY rowid", tracks, track => (bool)track["explicit"]! ? 1 : 0);
        AssertColumn(
            "SELECT albums.id FROM tracks JOIN albums ON albums.rowid = album_rowid ORDER BY tracks.rowid",
            tracks, track => track["album"]!["id"]);
        AssertColumn(Markets("tracks"), tracks, track => ListOfMarkets(track));
    }

    [Fact]
    public async Task Albums_have_the_keys_and_values_that_clients_read()
    {
        var albums = await AllAsync("albums", 20);
        Assert.Equal(630, albums.Count);
        foreach (var album in albums)
        {
            AssertKeys(FullAlbum, album);
            AssertKeys(Page, album["tracks"]!);
            AssertAddresses(album, "album");
            AssertIntegers(album, "total_tracks", "popularity");
            Assert.Empty(album["genres"]!.AsArray());
            Assert.All(album["external_ids"]!.AsObject(), code => Assert.Equal("upc", code.Key));
            Assert.All(album["copyrights"]!.AsArray(), line => AssertKeys("text, type", line!));
            Assert.All(album["artists"]!.AsArray(), artist => AssertKeys(Artist, artist!));
            var widths = album["images"]!.AsArray().Select(image => (int)image!["width"]!).ToList();
            Assert.Equal(widths.OrderDescending(), widths);
            Assert.Equal(50, (int)album["tracks"]!["limit"]!);
            Assert.All(album["tracks"]!["items"]!.AsArray(), track => AssertKeys(Track, track!));
            Assert.Equal((int)album["tracks"]!["total"]!, album["tracks"]!["items"]!.AsArray().Count);
            var shape = (string)album["release_date_precision"]! switch { "day" => Day(), "month" => Month(), _ => Year() };
            Assert.Matches(shape, (string)album["release_date"]!);
        }

        AssertColumn("SELECT name FROM albums ORDER BY rowid", albums, album => album["name"]);
        AssertColumn("SELECT album_type FROM albums ORDER BY rowid", albums, album => album["album_type"]);
        AssertColumn("SELECT label FROM albums ORDER BY rowid", albums, album => album["label"]);
        AssertColumn("SELECT popularity FROM albums ORDER BY rowid", albums, album => album["popularity"]);
        AssertColumn(
            "SELECT coalesce(external_id_upc, '') FROM albums ORDER BY rowid", albums, album => album["external_ids"]!["upc"] ?? "");
        AssertColumn(
            "SELECT count(tracks.rowid) FROM albums LEFT JOIN tracks ON album_rowid = albums.rowid "
                + "GROUP BY albums.rowid ORDER BY albums.rowid",
            albums, album => album["tracks"]!["total"]);
        AssertColumn(Markets("albums"), albums, album => ListOfMarkets(album));
    }

    [Fact]
    public async Task Artists_have_the_keys_and_values_that_clients_read()
    {
        var artists = await AllAsync("artists", 50);
        Assert.Equal(176, artists.Count);
        foreach (var artist in artists)
        {
            AssertKeys(FullArtist, artist);
            AssertKeys("href, total", artist["followers"]!);
            Assert.Null(artist["followers"]!["href"]);
            AssertAddresses(artist, "artist");
            AssertIntegers(artist, "popularity");
        }

        AssertColumn("SELECT name FROM artists ORDER BY rowid", artists, artist => artist["name"]);
        AssertColumn("SELECT followers_total FROM artists ORDER BY rowid", artists, artist => artist["followers"]!["total"]);
        AssertColumn(
            "SELECT coalesce(group_concat(genre, ','), '') FROM artists LEFT JOIN artist_genres ON artist_rowid = artists.rowid "
                + "GROUP BY artists.rowid ORDER BY artists.rowid",
            artists, artist => string.Join(',', artist["genres"]!.AsArray().Select(genre => (string)genre!)));
    }

    [Fact]
    public async Task One_is_answered_as_several_are()
    {
        foreach (var (name, table) in new[] { ("tracks", "tracks"), ("albums", "albums"), ("artists", "artists") })
        {
            foreach (var id in indexed.Texts($"SELECT id FROM {table} ORDER BY rowid LIMIT 30"))
            {
                var one = await _client.GetAsync($"/v1/{name}/{id}?market=DE");
                var several = await _client.GetAsync($"/v1/{name}?ids={id}&market=DE");
                Assert.True(JsonNode.DeepEquals(one, Assert.Single(several[name]!.AsArray())));
            }
        }
    }

    [Fact]
    public async Task A_batch_keeps_order_and_duplicates_and_has_null_for_what_is_unknown()
    {
        foreach (var name in new[] { "tracks", "albums", "artists" })
        {
            var known = indexed.Texts($"SELECT id FROM {name} ORDER BY rowid DESC LIMIT 2");
            const string Unknown = "0000000000000000000000";
            string[] ids = [known[0], Unknown, known[1], known[0], Unknown];
            var answer = await _client.GetAsync($"/v1/{name}/?ids={string.Join("%2C", ids)}");
            Assert.Equal(ids.Select(id => id == Unknown ? null : id), answer[name]!.AsArray().Select(one => (string?)one?["id"]));
        }
    }

    [Theory]
    [InlineData("DE", "instr(available_markets, 'DE') > 0")]
    [InlineData("jp", "instr(available_markets, 'JP') > 0")]
    [InlineData("ZZ", "0")]
    [InlineData("from_token", "1")]
    public async Task A_market_says_what_is_playable(string market, string condition)
    {
        var tracks = await AllAsync("tracks", 50, $"&market={market}");
        AssertColumn(
            $"SELECT {condition} FROM tracks JOIN available_markets m ON m.rowid = available_markets_rowid ORDER BY tracks.rowid",
            tracks, track => (bool)track["is_playable"]! ? 1 : 0);
        Assert.All(tracks, track =>
        {
            Assert.Null(track["available_markets"]);
            Assert.Equal((bool)track["is_playable"]! ? null : "market", (string?)track["restrictions"]?["reason"]);
            Assert.NotNull(track["album"]!["is_playable"]);
        });
    }

    [Fact]
    public async Task The_markets_are_those_of_all_lists() => Assert.Equal(
        ["AD", "AE", "AR", "AT", "AU", "DE", "FR", "GB", "JP", "US"],
        (await _client.GetAsync("/v1/markets"))["markets"]!.AsArray().Select(market => (string)market!));

    /// <summary>The objects of all rows of a table, asked for in batches.</summary>
    private async Task<List<JsonNode>> AllAsync(string name, int batch, string more = "")
    {
        var all = new List<JsonNode>();
        foreach (var ids in indexed.Texts($"SELECT id FROM {name} ORDER BY rowid").Chunk(batch))
        {
            all.AddRange((await _client.GetAsync($"/v1/{name}?ids={string.Join(',', ids)}{more}"))[name]!.AsArray().Select(one => one!));
        }

        return all;
    }

    private void AssertColumn(string sql, List<JsonNode> objects, Func<JsonNode, JsonNode?> value) =>
        Assert.Equal(indexed.Texts(sql), objects.Select(one => value(one)?.ToString() ?? ""));

    private static string Markets(string table) =>
        $"SELECT available_markets FROM {table} JOIN available_markets m ON m.rowid = available_markets_rowid ORDER BY {table}.rowid";

    /// <summary>As the catalog has it: the one list that is not in alphabetical order is told by its length.</summary>
    private static string ListOfMarkets(JsonNode one)
    {
        var markets = one["available_markets"]!.AsArray().Select(market => (string)market!).ToList();
        Assert.Equal(markets.Order(StringComparer.Ordinal), markets);
        return markets.Count == 4 ? "US,GB,DE,FR" : string.Join(',', markets);
    }

    private static void AssertKeys(string keys, JsonNode one) =>
        Assert.Equal(
            keys.Split(", ").Order(StringComparer.Ordinal), one.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));

    private static void AssertIntegers(JsonNode one, params string[] fields) =>
        Assert.All(fields, field => Assert.True(one[field]!.AsValue().TryGetValue<int>(out _)));

    private void AssertAddresses(JsonNode one, string type)
    {
        var id = (string)one["id"]!;
        Assert.Equal(type, (string?)one["type"]);
        Assert.Equal($"spotify:{type}:{id}", (string?)one["uri"]);
        Assert.Equal($"https://open.spotify.com/{type}/{id}", (string?)one["external_urls"]!["spotify"]);
        Assert.Equal($"{indexed.Client.BaseAddress}v1/{type}s/{id}", (string?)one["href"]);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^\d{4}-\d{2}$")]
    private static partial Regex Month();

    [GeneratedRegex(@"^\d{4}$")]
    private static partial Regex Year();
}
