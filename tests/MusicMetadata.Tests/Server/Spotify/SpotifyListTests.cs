using System.Net;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>The lists below <c>/v1</c> and their pages, over a real socket.</summary>
public sealed class SpotifyListTests(IndexedServer indexed) : IClassFixture<IndexedServer>, IAsyncLifetime
{
    /// <summary>Has the most albums, and appears on others.</summary>
    private const string Artist = "fAPigjvVH6ry3ReVfAZhe5";

    private SpotifyClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await SpotifyClient.CreateAsync(indexed.Client);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_tracks_of_an_album_are_walked_through_and_back()
    {
        var album = indexed.Texts(
            "SELECT albums.id FROM albums JOIN tracks ON album_rowid = albums.rowid GROUP BY albums.rowid ORDER BY count(*) DESC")[0];
        var expected = indexed.Texts(
            "SELECT t.id FROM tracks t JOIN albums a ON a.rowid = album_rowid WHERE a.id = ?1 ORDER BY disc_number, track_number, t.rowid",
            album);
        Assert.Equal(expected, Ids(await _client.WalkAsync($"/v1/albums/{album}/tracks?limit=3&market=DE")));
        Assert.Equal(expected.Skip(5).Take(4), Ids(await PageAsync($"/v1/albums/{album}/tracks?limit=4&offset=5")));
        Assert.Empty(await PageAsync($"/v1/albums/{album}/tracks?offset=999999999"));
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("&include_groups=single", "own AND album_type = 'single'")]
    [InlineData("&include_groups=compilation", "own AND album_type = 'compilation'")]
    [InlineData("&include_groups=album%2Cappears_on", "NOT own OR album_type = 'album'")]
    [InlineData("&include_groups=appears_on&market=from_token&country=from_token", "NOT own")]
    [InlineData("&country=JP", "instr(available_markets, 'JP') > 0")]
    public async Task The_albums_of_an_artist_are_walked_through_and_back(string parameters, string condition)
    {
        var expected = indexed.Texts(
            "SELECT l.id FROM artists a JOIN artist_albums c ON c.artist_rowid = a.rowid JOIN albums l ON l.rowid = c.album_rowid "
            + "JOIN available_markets m ON m.rowid = l.available_markets_rowid, "
            + "(SELECT 1) WHERE a.id = ?1 GROUP BY l.rowid HAVING "
            + condition.Replace("own", "min(is_appears_on OR is_implicit_appears_on) = 0", StringComparison.Ordinal)
            + " ORDER BY l.release_date DESC, l.rowid",
            Artist);
        var albums = await _client.WalkAsync($"/v1/artists/{Artist}/albums?limit=7{parameters}");
        Assert.Equal(expected, Ids(albums));
        var others = indexed.Texts(
            "SELECT l.id FROM artists a JOIN artist_albums c ON c.artist_rowid = a.rowid JOIN albums l ON l.rowid = c.album_rowid "
            + "WHERE a.id = ?1 GROUP BY l.rowid HAVING min(is_appears_on OR is_implicit_appears_on) = 1",
            Artist);
        Assert.All(albums, album =>
            Assert.Equal(
                others.Contains((string)album["id"]!) ? "appears_on" : (string)album["album_type"]!, (string?)album["album_group"]));
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("?market=JP", "instr(available_markets, 'JP') > 0")]
    [InlineData("?country=US", "instr(available_markets, 'US') > 0")]
    public async Task Top_tracks_are_the_ten_most_popular_of_the_market(string parameters, string condition)
    {
        var expected = indexed.Texts(
            "SELECT DISTINCT t.id FROM artists a JOIN track_artists c ON c.artist_rowid = a.rowid JOIN tracks t ON t.rowid = c.track_rowid "
            + $"JOIN available_markets m ON m.rowid = t.available_markets_rowid WHERE a.id = ?1 AND {condition} "
            + "ORDER BY t.popularity DESC, t.rowid DESC LIMIT 10",
            Artist);
        Assert.Equal(10, expected.Count);
        var answer = await _client.GetAsync($"/v1/artists/{Artist}/top-tracks{parameters}");
        Assert.Equal(expected, Ids(answer["tracks"]!.AsArray().Select(track => track!)));
    }

    [Fact]
    public async Task A_search_is_walked_through_and_back_for_each_type()
    {
        var word = "the";
        foreach (var (type, wrapped) in new[] { ("track", "tracks"), ("album", "albums"), ("artist", "artists") })
        {
            var items = await _client.WalkAsync($"/v1/search?q={word}&type={type}&limit=7", wrapped);
            var first = await _client.GetAsync($"/v1/search/?query={word}&type={type}&limit=50&include_external=audio");
            Assert.Equal(Ids(items).Take(50), Ids(first[wrapped]!["items"]!.AsArray().Select(item => item!)));
        }

        var all = await _client.GetAsync($"/v1/search?q={word}&type=album,artist%2Ctrack,playlist,show,episode,audiobook");
        Assert.Equal(
            ["albums", "artists", "audiobooks", "episodes", "playlists", "shows", "tracks"],
            all.AsObject().Select(page => page.Key).Order());
        Assert.All(new[] { "playlists", "shows", "episodes", "audiobooks" }, page => Assert.Equal(0, (int)all[page]!["total"]!));
    }

    [Fact]
    public async Task A_search_leaves_out_what_the_market_lacks()
    {
        var all = await _client.WalkAsync("/v1/search?q=the&type=track&limit=50", "tracks");
        var some = await _client.WalkAsync("/v1/search?q=the&type=track&limit=50&market=JP", "tracks");
        var expected = all.Where(track => track["available_markets"]!.AsArray().Any(market => (string)market! == "JP"));
        Assert.Equal(Ids(expected), Ids(some));
        Assert.InRange(some.Count, 1, all.Count - 1);
        Assert.All(some, track => Assert.True((bool)track["is_playable"]!));
    }

    [Fact]
    public async Task Filters_find_the_row_that_they_were_made_of()
    {
        foreach (var row in indexed.Texts(
            "SELECT t.id FROM tracks t JOIN albums l ON l.rowid = album_rowid WHERE external_id_isrc <> '' AND l.external_id_upc <> '' "
            + "AND t.name GLOB '*[a-z]*' AND l.name GLOB '*[a-z]*' ORDER BY t.rowid LIMIT 40"))
        {
            var track = await _client.GetAsync("/v1/tracks/" + row);
            var album = await _client.GetAsync("/v1/albums/" + (string)track["album"]!["id"]!);
            var artist = (string)track["artists"]![0]!["name"]!;
            var isrc = (string)track["external_ids"]!["isrc"]!;
            var upc = (string)album["external_ids"]!["upc"]!;
            var year = ((string)album["release_date"]!)[..4];
            Assert.Contains(row, await FindAsync("track", $"{artist} - {track["name"]}"));
            Assert.Contains(row, await FindAsync("track", $"track:{track["name"]} artist:{artist}"));
            Assert.Contains(row, await FindAsync("track", $"track:\"{track["name"]}\" album:\"{album["name"]}\" year:{year}"));
            Assert.Contains(row, await FindAsync("track", $"isrc:{isrc}"));
            Assert.Contains(row, await FindAsync("track", $"isrc:{(isrc.Any(char.IsAsciiLetterLower) ? isrc : isrc.ToLowerInvariant())}"));
            Assert.Contains(row, await FindAsync("track", $"isrc:{isrc} artist:'{artist}'"));
            Assert.Empty(await FindAsync("track", $"isrc:{isrc} artist:nobody"));
            Assert.Empty(await FindAsync("artist", $"track:{track["name"]}"));
            var id = (string)album["id"]!;
            Assert.Contains(id, await FindAsync("album", $"album:{album["name"]} artist:\"{album["artists"]![0]!["name"]}\""));
            Assert.Contains(id, await FindAsync("album", $"upc:{upc.TrimStart('0')}"));
            Assert.Contains(id, await FindAsync("album", $"upc:{upc.PadLeft(14, '0')} year:{year}-{year}"));
        }
    }

    [Fact]
    public async Task A_genre_finds_its_artists_and_their_tracks()
    {
        var expected = indexed.Texts(
            "SELECT a.id FROM artists a JOIN artist_genres g ON artist_rowid = a.rowid WHERE genre = 'bossa nova' "
            + "ORDER BY followers_total DESC, a.rowid DESC");
        Assert.Equal(expected, Ids(await _client.WalkAsync("/v1/search?q=genre:%22Bossa%20Nova%22&type=artist&limit=3", "artists")));
        var tracks = await _client.WalkAsync("/v1/search?q=genre:%22bossa+nova%22&type=track&limit=50", "tracks");
        Assert.All(tracks, track => Assert.Contains(track["artists"]!.AsArray(), artist => expected.Contains((string)artist!["id"]!)));
    }

    private async Task<List<string>> FindAsync(string type, string q)
    {
        var answer = await _client.GetAsync($"/v1/search?type={type}&limit=50&q={Uri.EscapeDataString(q)}", HttpStatusCode.OK);
        return Ids(answer[type + "s"]!["items"]!.AsArray().Select(item => item!));
    }

    private async Task<IEnumerable<JsonNode>> PageAsync(string path) =>
        (await _client.GetAsync(path))["items"]!.AsArray().Select(item => item!);

    private static List<string> Ids(IEnumerable<JsonNode> items) => [.. items.Select(item => (string)item["id"]!)];
}
