using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MusicMetadata.Tests.Server;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>What a server answers from an imported dump.</summary>
public class ServedDumpTests(ServedDump dump) : IClassFixture<ServedDump>
{
    [Fact]
    public void The_import_tells_its_stages_and_what_to_do_next()
    {
        foreach (var line in new[] { "Extracting mbdump.tar.bz2, MB: ", "Reading track, MB: ", "Writing albums and tracks: 43 in ",
            "Indexing: ", $"Next: metadata-api index -db {dump.Main}" })
        {
            Assert.Contains(line, dump.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_track_has_its_recording_and_everything_its_MBID()
    {
        var track = await GetAsync($"/lookup/track/{MbidTests.Id(AwkwardDump.Mbid('c', 1))}");
        Assert.Equal(
            ["id", "name", "isrc", "duration_ms", "explicit", "track_number", "disc_number", "popularity", "album", "artists",
                "recording_id", "recording_mbid", "mbid"],
            track.AsObject().Select(field => field.Key));
        Assert.Equal($"{AwkwardDump.Mbid('c', 1)}", (string?)track["mbid"]);
        Assert.Equal(MbidTests.Id(AwkwardDump.Mbid('d', 1)), (string?)track["recording_id"]);
        Assert.Equal($"{AwkwardDump.Mbid('d', 1)}", (string?)track["recording_mbid"]);
        Assert.Equal($"{AwkwardDump.Mbid('b', 11)}", (string?)track["album"]!["mbid"]);
        Assert.Equal($"{AwkwardDump.Mbid('a', 2)}", (string?)track["artists"]![0]!["mbid"]);
        Assert.Equal(3, track["album"]!["images"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("track", 'c', 1)]
    [InlineData("artist", 'a', 2)]
    [InlineData("album", 'b', 11)]
    public async Task An_id_may_be_written_as_a_UUID_in_any_case(string entity, char kind, int number)
    {
        var uuid = AwkwardDump.Mbid(kind, number);
        var answer = await dump.Server.Client.GetStringAsync($"/lookup/{entity}/{MbidTests.Id(uuid)}");
        Assert.Equal(answer, await dump.Server.Client.GetStringAsync($"/lookup/{entity}/{uuid}"));
        Assert.Equal(answer, await dump.Server.Client.GetStringAsync($"/lookup/{entity}/{$"{uuid}".ToUpperInvariant()}"));
    }

    [Theory]
    [InlineData("artist", 1, 'a', 2)]
    [InlineData("album", 3, 'b', 11)]
    [InlineData("track", 5, 'c', 2)]
    public async Task What_was_merged_is_found_as_what_it_is_now(string entity, int old, char kind, int number)
    {
        foreach (var id in new[] { $"{AwkwardDump.Mbid('e', old)}", MbidTests.Id(AwkwardDump.Mbid('e', old)) })
        {
            Assert.Equal($"{AwkwardDump.Mbid(kind, number)}", (string?)(await GetAsync($"/lookup/{entity}/{id}"))["mbid"]);
        }
    }

    [Fact]
    public async Task What_was_merged_is_not_found_as_something_else()
    {
        using var answer = await dump.Server.Client.GetAsync($"/lookup/album/{AwkwardDump.Mbid('e', 1)}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_tracks_of_an_album_are_found_by_its_UUID() =>
        Assert.Equal(
            ["Opening", "Duet", "Data"],
            (await GetAsync($"/lookup/album/{AwkwardDump.Mbid('b', 11)}/tracks")).AsArray().Select(track => (string?)track!["name"]));

    [Theory]
    [InlineData("GBAYE0601498", 5)]
    [InlineData("gb-aye-06-01498", 5)]
    [InlineData("USTQ48508655", 4)]
    [InlineData("AAAAA0000001", 4)]
    [InlineData("ZZZZZ0000001", 0)]
    public async Task Every_ISRC_of_a_recording_finds_its_tracks_the_most_popular_first(string isrc, int count)
    {
        var tracks = (await GetAsync($"/lookup/isrc/{isrc}")).AsArray();
        Assert.Equal(count, tracks.Count);
        Assert.Equal(tracks.OrderByDescending(track => (int)track!["popularity"]!), tracks);
    }

    [Fact]
    public async Task The_tracks_of_a_recording_are_found_by_either_form_of_its_MBID_and_by_the_one_before_a_merge()
    {
        var names = new[] { "Opening", "Opening again", "Third place of the first recording", "Hit" };
        foreach (var mbid in new[] { $"{AwkwardDump.Mbid('d', 1)}", MbidTests.Id(AwkwardDump.Mbid('d', 1)), $"{AwkwardDump.Mbid('e', 4)}",
            MbidTests.Id(AwkwardDump.Mbid('e', 4)) })
        {
            Assert.Equal(names, (await GetAsync($"/lookup/recording/{mbid}")).AsArray().Select(track => (string?)track!["name"]));
        }

        Assert.Empty((await GetAsync($"/lookup/recording/{AwkwardDump.Mbid('d', 99)}")).AsArray());
    }

    [Fact]
    public async Task A_batch_takes_UUIDs_and_answers_with_what_was_asked_for()
    {
        var (old, artist) = ($"{AwkwardDump.Mbid('e', 3)}", $"{AwkwardDump.Mbid('a', 7)}");
        var body = $$"""{"albums":["{{old}}"],"artists":["{{artist}}","{{AwkwardDump.Mbid('a', 1234)}}"],"isrcs":["AAAAA0000001"]}""";
        using var answer = await dump.Server.Client.PostAsync("/batch/lookup", new StringContent(body));
        var found = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("The Album", (string?)found["albums"]![old]!["name"]);
        Assert.Equal("Seventh", (string?)Assert.Single(found["artists"]!.AsObject()).Value!["name"]);
        Assert.Equal(4, found["isrcs"]!["AAAAA0000001"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/search/track?q=opening", 2)]
    [InlineData("/search/artist?q=bjork", 1)]
    [InlineData("/search/album?q=the+album", 1)]
    public async Task A_search_finds_names(string path, int count) =>
        Assert.Equal(count, (await GetAsync(path)).AsArray().Count);

    [Fact]
    public async Task Every_answer_is_as_documented()
    {
        var document = await OpenApiDocument.GetAsync(dump.Server.Client);
        foreach (var path in new[] { $"/lookup/track/{AwkwardDump.Mbid('c', 1)}", $"/lookup/album/{AwkwardDump.Mbid('b', 11)}",
            $"/lookup/artist/{AwkwardDump.Mbid('a', 2)}", $"/lookup/album/{AwkwardDump.Mbid('b', 12)}/tracks",
            $"/lookup/recording/{AwkwardDump.Mbid('d', 1)}", "/lookup/isrc/GBAYE0601498", "/search/track?q=of" })
        {
            using var answer = await dump.Server.Client.GetAsync(path);
            Assert.Null(document.Fault("GET", path, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType,
                await answer.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task The_log_and_the_check_find_nothing_wrong()
    {
        Assert.DoesNotContain("warn", dump.Server.Log, StringComparison.OrdinalIgnoreCase);
        var (code, output) = await ServerProcess.RunAsync("check", "-db", dump.Main, "-full");
        Assert.True(code == 0, output);
    }

    private async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(Encoding.UTF8.GetString(await dump.Server.Client.GetByteArrayAsync(path)))!;
}
