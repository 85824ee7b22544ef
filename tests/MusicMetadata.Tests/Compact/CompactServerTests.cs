using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MusicMetadata.Compact;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Compact;

/// <summary>A compact catalog is served, indexed, checked and copied as the database is.</summary>
public sealed class CompactServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_recorded_request_gets_the_same_bytes_from_both(bool withSearchIndex)
    {
        var database = _folder.AddConformanceCatalog();
        Assert.Equal(0, (await ServerProcess.RunAsync("compact", "-db", database, "-out", _folder["compact"])).ExitCode);
        if (withSearchIndex)
        {
            Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", database, "-index", _folder["one"])).ExitCode);
            Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", _folder["compact"], "-index", _folder["other"])).ExitCode);
        }

        await using var files = await ServerProcess.StartAsync(database, "-index", withSearchIndex ? _folder["one"] : "off");
        await using var compact = await ServerProcess.StartAsync(_folder["compact"], "-index", withSearchIndex ? _folder["other"] : "off");
        Assert.Equal(withSearchIndex, compact.Log.Contains("Searches use the index", StringComparison.Ordinal));
        var asked = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(AppContext.BaseDirectory, "Conformance", "golden.jsonl")))
        {
            var recorded = JsonNode.Parse(line)!;
            var expected = await AskAsync(files.Client, recorded);
            var found = await AskAsync(compact.Client, recorded);

            // The maps of a batch are in the order in which readers come to their entries.
            Assert.Equal(expected.Status, found.Status);
            Assert.True(
                expected.Body == found.Body
                    || (((string)recorded["path"]!).StartsWith("/batch", StringComparison.Ordinal)
                        && JsonNode.DeepEquals(JsonNode.Parse(expected.Body), JsonNode.Parse(found.Body))),
                $"{recorded["path"]}: {expected.Body}\n{found.Body}");
            Assert.Equal((int)recorded["status"]!, (int)expected.Status);
            asked++;
        }

        Assert.Equal(641, asked);
    }

    [Fact]
    public async Task A_check_counts_everything_and_finds_a_flipped_bit_of_every_kind_of_row()
    {
        var compact = await CompactFixture.BuildAsync(_folder.AddConformanceCatalog());
        var (exitCode, output) = await ServerProcess.RunAsync("check", "-full", "-db", compact);
        Assert.True(exitCode == 0, output);
        Assert.Contains("album: ", output, StringComparison.Ordinal);
        foreach (var table in CompactFormat.Tables.Where(table => table.Name is not "outside_track"))
        {
            var copy = _folder[table.Name];
            File.Copy(compact, copy);
            using (var connection = SqliteFile.OpenForWriting(copy))
            {
                connection.Execute($"UPDATE {table.Name} SET blob = CAST(substr(blob, 1, 9) || x'5A5B' || substr(blob, 12) AS BLOB) "
                    + $"WHERE key = (SELECT max(key) FROM {table.Name})");
            }

            (exitCode, output) = await ServerProcess.RunAsync("check", "-full", "-db", copy);
            Assert.True(exitCode == 1, $"{table.Name}: {output}");
            Assert.Contains($"of {table.Name} is damaged", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_record_is_503_and_the_log_says_which()
    {
        var compact = await CompactFixture.BuildAsync(_folder.AddConformanceCatalog());
        using (var connection = SqliteFile.OpenForWriting(compact))
        {
            connection.Execute("UPDATE album SET blob = CAST(substr(blob, 1, 9) || x'5A5B' || substr(blob, 12) AS BLOB)");
        }

        await using var server = await ServerProcess.StartAsync(compact);
        using var answer = await server.Client.GetAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("album", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await server.WaitForLogAsync("of album is damaged");
    }

    [Fact]
    public async Task A_backup_is_the_same_file_and_a_copy_has_the_same_entity_tags()
    {
        var compact = await CompactFixture.BuildAsync(_folder.AddConformanceCatalog());
        var (exitCode, output) = await ServerProcess.RunAsync("backup", "-db", compact, _folder["copies"]);
        Assert.True(exitCode == 0, output);
        var copy = Path.Combine(_folder["copies"], CompactFormat.FileName);
        Assert.Equal(await File.ReadAllBytesAsync(compact), await File.ReadAllBytesAsync(copy));
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow.AddDays(-3));
        Assert.Equal(new CompactFiles(compact).Identity(), new CompactFiles(copy).Identity());
    }

    [Fact]
    public async Task A_compact_catalog_takes_the_place_of_a_database_without_a_restart()
    {
        Needs.Unix("SIGHUP");
        var database = _folder.AddConformanceCatalog();
        var compact = await CompactFixture.BuildAsync(database);
        await using var server = await ServerProcess.StartAsync(database);
        var before = await server.Client.GetByteArrayAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF");
        File.Move(compact, database, overwrite: true);
        server.Signal(1);
        await server.WaitForLogAsync("Reloaded");
        Assert.Equal(before, await server.Client.GetByteArrayAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("/readyz"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, JsonNode recorded)
    {
        using var request = new HttpRequestMessage(new HttpMethod((string)recorded["method"]!), (string)recorded["path"]!);
        if (recorded["body"] is { } body)
        {
            request.Content = new StringContent(
                body is JsonValue text ? (string)text! : body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
