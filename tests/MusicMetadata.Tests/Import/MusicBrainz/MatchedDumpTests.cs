using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MusicMetadata.Tests.Server;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>From a dump to the recordings of files: import, index, serve, match.</summary>
public class MatchedDumpTests
{
    private const int Tracks = 4000;
    private const int BatchSize = 400;

    [Fact]
    public async Task Files_tagged_from_a_dump_are_matched_with_their_recordings()
    {
        using var folder = new TemporaryFolder();
        using (var dump = new InventedDump(folder["dump"], Tracks, seed: 3))
        {
            dump.Write();
        }

        var database = folder["out/main_database.sqlite3"];
        string[][] commands = [["import", "musicbrainz", folder["dump"], "-out", folder["out"]], ["index", "-db", database]];
        foreach (var arguments in commands)
        {
            var (code, output) = await ServerProcess.RunAsync(arguments);
            Assert.True(code == 0, output);
        }

        var known = MatchTests.Fixture.Read(database).Where((track, i) => i % 5 == 0 && track.Title.Length > 8).ToArray();
        var recordings = Recordings(database);
        await using var server = await ServerProcess.StartAsync(database);
        var (right, accepted, wrong) = (0, 0, 0);
        foreach (var batch in known.Chunk(BatchSize))
        {
            var body = new JsonObject { ["items"] = new JsonArray([.. batch.Select((track, i) => track.ToItem(i))]) };
            using var answer = await server.Client.PostAsJsonAsync("/match", body);
            var results = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["results"]!.AsArray();
            Assert.Equal(batch.Length, results.Count);
            foreach (var (track, result) in batch.Zip(results))
            {
                var best = (string?)result!["matches"]?.AsArray().FirstOrDefault()?["track"]!["recording_id"];
                var isRight = best == recordings[track.Id];
                right += isRight ? 1 : 0;
                accepted += (string?)result["decision"] == "accept" ? 1 : 0;
                wrong += (string?)result["decision"] == "accept" && !isRight ? 1 : 0;
            }
        }

        Assert.True(
            right >= 0.99 * known.Length && accepted >= 0.9 * known.Length && wrong <= 0.005 * accepted,
            $"of {known.Length} files {right} were found, {accepted} accepted, {wrong} of them wrong");
    }

    /// <summary>The id of the recording of each track, by the track's id.</summary>
    private static Dictionary<string, string> Recordings(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT t.id, r.recording_id FROM tracks t JOIN musicbrainz_recordings r ON r.track_rowid = t.rowid";
        using var rows = command.ExecuteReader();
        var recordings = new Dictionary<string, string>();
        while (rows.Read())
        {
            recordings.Add(rows.GetString(0), rows.GetString(1));
        }

        return recordings;
    }
}
