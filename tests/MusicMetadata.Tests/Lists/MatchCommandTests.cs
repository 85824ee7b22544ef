using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MusicMetadata.Lists;
using MusicMetadata.Tests.Server;

namespace MusicMetadata.Tests.Lists;

/// <summary><c>metadata-api match</c> on an invented catalog, with its files and by its server.</summary>
public sealed class MatchCommandTests(MatchTests.Fixture fixture) : IClassFixture<MatchTests.Fixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_table_comes_back_with_its_tracks_the_same_from_files_and_server()
    {
        var known = fixture.Tracks.Where((_, i) => i % 5 == 0).Take(900).ToArray();
        await WriteTableAsync(
            "list.csv", known.Select(track => (track.Title, string.Join(", ", track.Artists), track.Album, $"{track.DurationMs}")));
        await RunAsync("list.csv", "files.csv", "-db", fixture.Database);
        await RunAsync("list.csv", "server.csv", "-server", fixture.Client.BaseAddress!.ToString());
        Assert.Equal(await File.ReadAllTextAsync(_folder["files.csv"]), await File.ReadAllTextAsync(_folder["server.csv"]));

        var rows = await ReadAsync("files.csv");
        Assert.Equal(known.Length, rows.Count);
        Assert.Equal(known.Select(track => track.Title.Trim()), rows.Select(row => row.Item.Title ?? ""));
        var sure = rows.Count(row => row.Cells[4] == "accept");
        Assert.True(sure > 0.9 * known.Length, $"{sure} of {known.Length} are sure");
        Assert.All(rows.Zip(known), pair => Assert.True(
            pair.First.Cells[4] != "accept" || pair.First.Cells[8] == pair.Second.Title, string.Join('|', pair.First.Cells)));
    }

    [Fact]
    public async Task A_playlist_and_JSON_can_be_written_too()
    {
        var track = fixture.Tracks.First(track => track.Title.Length > 8 && track.Artists.Count == 1);
        await File.WriteAllTextAsync(
            _folder["list.m3u"], $"#EXTM3U\n#EXTINF:{track.DurationMs / 1000},{track.Artists[0]} - {track.Title}\nx.mp3\nzzqq xxyy.mp3\n");
        await RunAsync("list.m3u", "same.m3u8", "-db", fixture.Database);
        var lines = await File.ReadAllLinesAsync(_folder["same.m3u8"]);
        Assert.Equal("#EXTM3U", lines[0]);
        Assert.Contains(" id=", lines[2], StringComparison.Ordinal);
        Assert.Equal("x.mp3", lines[3]);
        Assert.Equal(PlaylistWriter.Mark + "decision=none", lines[4]);

        await RunAsync("list.m3u", "out.json", "-db", fixture.Database, "-format", "json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(_folder["out.json"]))!.AsArray();
        Assert.Equal(track.Title, (string)json[0]!["title"]!);
        Assert.Equal("x.mp3", (string)json[0]!["input"]!["location"]!);
        Assert.Equal("none", (string)json[1]!["decision"]!);

        await RunAsync("list.m3u", "out.csv", "-db", fixture.Database, "-format", "csv");
        Assert.Equal(
            ["location", "text", "duration_ms", .. TableWriter.FoundColumns], File.ReadLines(_folder["out.csv"]).First().Split(','));
    }

    [Fact]
    public async Task Standard_input_is_read_and_nothing_but_the_result_is_on_standard_output()
    {
        Needs.Unix("a shell");
        await WriteTableAsync("list.csv", [("no such title", "nobody", "", "")]);
        var command = $"'{ServerProcess.Executable}' match - -db '{fixture.Database}' < '{_folder["list.csv"]}' > '{_folder["out"]}'";
        await using var shell = ServerProcess.Launch(["-c", command], [], program: "sh");
        Assert.Equal(0, await shell.WaitForExitAsync());
        Assert.Equal("", shell.Log);
        Assert.Equal(2, File.ReadLines(_folder["out"]).Count());
    }

    [Fact]
    public async Task A_list_may_be_written_over_and_matched_again()
    {
        await WriteTableAsync("list.csv", [("no such title", "nobody", "", "")]);
        await RunAsync("list.csv", "list.csv", "-db", fixture.Database);
        var once = await File.ReadAllTextAsync(_folder["list.csv"]);
        await RunAsync("list.csv", "list.csv", "-db", fixture.Database);
        Assert.Equal(once, await File.ReadAllTextAsync(_folder["list.csv"]));
        Assert.Equal(["list.csv"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Long_texts_fit_into_requests_and_rows_without_anything_are_not_asked_for()
    {
        var text = new string('\u0001', 1000);
        await WriteTableAsync(
            "list.csv", Enumerable.Range(0, 400).Select(i => i % 10 == 0 ? ("", "nobody", "", "") : (text, text, text, "")));
        await RunAsync("list.csv", "server.csv", "-server", fixture.Client.BaseAddress!.ToString());
        Assert.All(await ReadAsync("server.csv"), row => Assert.Equal("none", row.Cells[4]));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_take_no_more_memory_than_a_few()
    {
        var track = fixture.Tracks[0];
        await WriteTableAsync("list.csv", Enumerable.Repeat(("zzqq", track.Artists[0], "", ""), 100_000));
        await RunAsync(["list.csv", "out.csv", "-db", fixture.Database], new() { ["DOTNET_GCHeapHardLimit"] = "0x4000000" });
        Assert.Equal(100_001, File.ReadLines(_folder["out.csv"]).Count());
    }

    [Fact]
    public async Task A_server_that_limits_the_rate_is_waited_for()
    {
        await WriteTableAsync("list.csv", Enumerable.Repeat(("zzqq", "nobody", "", ""), 1300));
        await using var server = await ServerProcess.StartAsync(fixture.Database, "-rate-limit", "1", "-rate-burst", "1");
        await RunAsync("list.csv", "out.csv", "-server", server.Address.ToString());
        Assert.Equal(1300, (await ReadAsync("out.csv")).Count);
    }

    [Fact]
    public async Task A_server_with_a_token_wants_it()
    {
        await WriteTableAsync("list.csv", [("no such title", "nobody", "", "")]);
        await File.WriteAllTextAsync(_folder["token"], "0123456789abcdef0123\n");
        await using var server = await ServerProcess.StartAsync(fixture.Database, "-auth-token-file", _folder["token"]);
        await ServerProcess.AssertRefusedAsync(
            "answered 401", "match", _folder["list.csv"], "-server", server.Address.ToString(), "-out", _folder["out.csv"]);
        await RunAsync("list.csv", "out.csv", "-server", server.Address.ToString(), "-token-file", _folder["token"]);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_in_one_line_and_leaves_nothing()
    {
        await WriteTableAsync("list.csv", [("a", "b", "", "")]);
        var list = _folder["list.csv"];
        var result = new[] { "-out", _folder["out.csv"] };
        await ServerProcess.AssertRefusedAsync("does not exist", ["match", _folder["none.csv"], .. result]);
        await ServerProcess.AssertRefusedAsync("does not exist", ["match", list, "-db", _folder["none.sqlite3"], .. result]);
        await ServerProcess.AssertRefusedAsync(
            "Build it: metadata-api index -db", ["match", list, "-db", fixture.Database, "-index", _folder["none"], .. result]);
        await ServerProcess.AssertRefusedAsync("switched off", ["match", list, "-db", fixture.Database, "-index", "off", .. result]);
        await ServerProcess.AssertRefusedAsync(
            "cannot be written", "match", list, "-db", fixture.Database, "-out", _folder["no/such/folder"]);
        await ServerProcess.AssertRefusedAsync("cannot be asked", ["match", list, "-server", "http://127.0.0.1:1", .. result]);
        Assert.Equal(["list.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"results\":[{\"decision\":\"acc", "is no answer of this program")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"results\":[]}", "is no answer of this program")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n[]", "is no answer of this program")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\n\r\n<html>", "answered 502")]
    [InlineData("SSH-2.0\r\n", "does not speak HTTP")]
    [InlineData("", "does not speak HTTP")]
    public async Task What_is_no_answer_is_refused(string answer, string reason)
    {
        await WriteTableAsync("list.csv", [("a", "b", "", "")]);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var running = ServerProcess.RunAsync(
            "match", _folder["list.csv"], "-server", $"http://{listener.LocalEndpoint}", "-out", _folder["out.csv"]);
        using (var client = await listener.AcceptTcpClientAsync().WaitAsync(Wait.Limit))
        {
            var stream = client.GetStream();
            var request = new byte[4096];
            var length = 0;
            while (!Encoding.ASCII.GetString(request, 0, length).EndsWith("]}", StringComparison.Ordinal))
            {
                length += await stream.ReadAsync(request.AsMemory(length)).AsTask().WaitAsync(Wait.Limit);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }

        ServerProcess.AssertRefused(reason, await running);
    }

    [Fact]
    public async Task A_signal_ends_it_also_while_it_waits_for_standard_input()
    {
        Needs.Unix("signals");
        await using var command = ServerProcess.Launch(
            [
                "-c", "mkfifo \"$2\" && exec \"$0\" match - -out \"$1\" <>\"$2\"",
                ServerProcess.Executable, _folder["out.csv"], _folder["pipe"],
            ],
            [],
            program: "sh");
        await Wait.UntilAsync(() => File.Exists(_folder["out.csv.part"]), () => command.Log);
        command.Signal(15);
        Assert.Equal(130, await command.WaitForExitAsync());
        Assert.Contains("stopped before the list was finished", command.Log, StringComparison.Ordinal);
        Assert.Equal(["pipe"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("-server", "https://music.example", "-server is 'https://music.example': give an address that begins with http://")]
    [InlineData("-server", "localhost:8080", "-server is 'localhost:8080'")]
    [InlineData("-format", "xml", "-format is 'xml': give csv, m3u8, json or same.")]
    public async Task A_bad_option_is_named(string option, string value, string reason)
    {
        var (code, output) = await ServerProcess.RunAsync("match", "list.csv", option, value);
        Assert.Equal(2, code);
        Assert.Contains(reason, Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private async Task WriteTableAsync(string name, IEnumerable<(string Title, string Artist, string Album, string DurationMs)> rows)
    {
        await using var text = new StreamWriter(_folder[name]);
        await text.WriteLineAsync("title,artist,album,duration_ms");
        foreach (var (title, artist, album, duration) in rows)
        {
            await text.WriteLineAsync(string.Join(',', new[] { title, artist, album, duration }.Select(
                cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        }
    }

    private Task<List<ListRow>> ReadAsync(string name) =>
        ListFile.UseAsync(_folder[name], list => Task.FromResult(list.Rows.ToList()));

    private Task RunAsync(params string[] arguments) => RunAsync(arguments, []);

    /// <summary>Matches a list of the folder into another one there, with options behind.</summary>
    private async Task RunAsync(string[] arguments, Dictionary<string, string> environment)
    {
        await using var command = ServerProcess.Launch(
            ["match", _folder[arguments[0]], "-out", _folder[arguments[1]], .. arguments[2..]], environment);
        Assert.True(await command.WaitForExitAsync(TimeSpan.FromMinutes(3)) == 0, command.Log);
        Assert.Matches(@"^Matched [\d,]+ rows: ", command.Log);
    }
}
