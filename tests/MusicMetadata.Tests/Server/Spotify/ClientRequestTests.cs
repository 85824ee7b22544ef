using System.Net;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>
/// Requests as clients write them that <c>scripts/check-clients</c> cannot run: each is answered with what the client then reads.
/// </summary>
public sealed class ClientRequestTests(IndexedServer indexed) : IClassFixture<IndexedServer>, IAsyncLifetime
{
    private SpotifyClient _client = null!;
    private JsonNode _track = null!;
    private JsonNode _album = null!;

    private string TrackId => (string)_track["id"]!;

    private string AlbumId => (string)_album["id"]!;

    private string ArtistId => (string)_track["artists"]![0]!["id"]!;

    private string ArtistName => (string)_track["artists"]![0]!["name"]!;

    public async ValueTask InitializeAsync()
    {
        _client = await SpotifyClient.CreateAsync(indexed.Client);
        var id = indexed.Texts(
            "SELECT t.id FROM tracks t JOIN albums l ON l.rowid = album_rowid WHERE external_id_isrc = upper(external_id_isrc) "
            + "AND external_id_isrc <> '' AND length(ltrim(l.external_id_upc, '0')) BETWEEN 8 AND 13 "
            + "AND t.name GLOB '[A-Z][a-z]* [A-Z]*' LIMIT 1");
        _track = await _client.GetAsync("/v1/tracks/" + Assert.Single(id));
        _album = await _client.GetAsync("/v1/albums/" + (string)_track["album"]!["id"]!);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Spotipy_puts_a_slash_before_the_parameters()
    {
        var q = Uri.EscapeDataString($"artist:{ArtistName} track:{_track["name"]}");
        Assert.Contains(TrackId, Ids((await _client.GetAsync($"/v1/search?q={q}&limit=10&offset=0&type=track"))["tracks"]!["items"]!));
        Assert.Equal(TrackId, (string?)(await _client.GetAsync($"/v1/tracks/?ids={TrackId}"))["tracks"]![0]!["id"]);
        Assert.Equal(AlbumId, (string?)(await _client.GetAsync($"/v1/albums/?ids={AlbumId}"))["albums"]![0]!["id"]);
        Assert.Equal(ArtistId, (string?)(await _client.GetAsync($"/v1/artists/?ids={ArtistId}"))["artists"]![0]!["id"]);
        Assert.True((bool)(await _client.GetAsync($"/v1/artists/{ArtistId}/top-tracks?country=US"))["tracks"]![0]!["is_playable"]!);
        Assert.NotEmpty(Ids((await _client.GetAsync($"/v1/albums/{AlbumId}/tracks/?limit=50&offset=0"))["items"]!));
        Assert.NotEmpty(Ids((await _client.GetAsync(
            $"/v1/artists/{ArtistId}/albums?include_groups=album%2Csingle%2Ccompilation%2Cappears_on&limit=20&offset=0"))["items"]!));
    }

    [Fact]
    public async Task SpotifyAPI_NET_follows_next_without_a_token_and_wants_the_media_type_without_a_charset()
    {
        var page = await _client.GetAsync($"/v1/search?q=a&type=track&limit=1");
        var page2 = await _client.GetAsync((string)page["tracks"]!["next"]!);
        Assert.Equal(1, (int)page2["tracks"]!["offset"]!);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tracks/" + TrackId);
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", "Bearer whatever"));
        request.Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/json") } };
        using var answer = await indexed.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Music_Assistant_sends_its_market_twice()
    {
        const string Market = "market=from_token&country=from_token";
        var track = await _client.GetAsync($"/v1/tracks/{TrackId}?{Market}");
        Assert.True((bool)track["is_playable"]!);
        Assert.True(track["album"]!["images"]!.AsArray().All(image => image!["width"]!.AsValue().TryGetValue<int>(out _)));
        Assert.True((bool)(await _client.GetAsync($"/v1/albums/{AlbumId}?{Market}"))["is_playable"]!);
        var page = await _client.GetAsync($"/v1/albums/{AlbumId}/tracks?limit=50&offset=0&{Market}");
        Assert.Contains(TrackId, Ids(page["items"]!));
        var albums = await _client.GetAsync(
            $"/v1/artists/{ArtistId}/albums?include_groups=album,single,compilation&limit=50&offset=0&{Market}");
        Assert.All(albums["items"]!.AsArray(), album => Assert.True((bool)album!["is_playable"]!));
        var q = Uri.EscapeDataString((string)_track["name"]!);
        var found = await _client.GetAsync($"/v1/search?q={q}&type=artist,album,track,playlist&limit=5&offset=0&{Market}");
        Assert.Equal(4, found.AsObject().Count);
    }

    [Fact]
    public async Task Harmony_tries_a_barcode_in_three_ways()
    {
        var upc = ((string)_album["external_ids"]!["upc"]!).TrimStart('0');
        foreach (var one in new[] { upc, upc.PadLeft(14, '0'), upc.PadLeft(13, '0') })
        {
            var found = await _client.GetAsync($"/v1/search?q=upc%3A{one}&type=album");
            Assert.Contains(AlbumId, Ids(found["albums"]!["items"]!));
        }

        var isrc = (string)_track["external_ids"]!["isrc"]!;
        Assert.Contains(TrackId, Ids((await _client.GetAsync($"/v1/search?q=isrc%3A{isrc}&type=track&limit=50"))["tracks"]!["items"]!));
    }

    [Fact]
    public async Task Navidrome_takes_the_artist_whose_name_is_what_it_asked_for()
    {
        foreach (var name in indexed.Texts("SELECT DISTINCT name FROM artists WHERE name GLOB '[A-Z]*' LIMIT 30"))
        {
            var found = await _client.GetAsync($"/v1/search?type=artist&q={Uri.EscapeDataString(name)}&offset=0&limit=40");
            Assert.Equal(name, (string?)found["artists"]!["items"]![0]!["name"], ignoreCase: true);
        }
    }

    [Fact]
    public async Task SpotDL_searches_for_artist_and_title_with_a_dash_between()
    {
        var q = Uri.EscapeDataString($"{ArtistName} - {_track["name"]}");
        var found = (await _client.GetAsync($"/v1/search?q={q}&limit=10&offset=0&type=track"))["tracks"]!["items"]!;
        Assert.Contains(TrackId, Ids(found));
        Assert.All(found.AsArray(), track => Assert.StartsWith(
            "https://open.spotify.com/track/", (string?)track!["external_urls"]!["spotify"], StringComparison.Ordinal));
        var album = await _client.GetAsync("/v1/albums/" + AlbumId);
        _ = album["images"]!.AsArray().Max(image => (int)image!["width"]! * (int)image["height"]!);
        Assert.True(((string)album["release_date"]!).Length >= 4);
    }

    [Fact]
    public async Task ListenBrainz_sends_bare_values_of_many_words()
    {
        var q = $"track:{_track["name"]} artist:{ArtistName}";
        var escaped = Uri.EscapeDataString(q).Replace("%20", "+", StringComparison.Ordinal);
        var found = await _client.GetAsync($"/v1/search?q={escaped}&type=track&limit=10");
        Assert.Contains(TrackId, Ids(found["tracks"]!["items"]!));
    }

    private static List<string> Ids(JsonNode items) => [.. items.AsArray().Select(item => (string)item!["id"]!)];
}
