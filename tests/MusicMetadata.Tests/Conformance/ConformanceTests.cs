using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Conformance;

/// <summary>The recorded answers of the server this one replaces.</summary>
public class ConformanceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_recorded_request_gets_the_recorded_answer(bool withSearchIndex)
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        if (withSearchIndex)
        {
            Assert.Equal(0, (await ServerProcess.RunAsync("index", "-db", database)).ExitCode);
        }

        await using var server = await ServerProcess.StartAsync(database);
        Assert.Equal(withSearchIndex, server.Log.Contains("Searches use the index", StringComparison.Ordinal));
        var differences = new List<string>();
        var asked = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(AppContext.BaseDirectory, "Conformance", "golden.jsonl")))
        {
            var recorded = JsonNode.Parse(line)!;
            asked++;
            if (await DifferenceAsync(server.Client, recorded) is { } difference)
            {
                differences.Add($"{recorded["method"]} {recorded["path"]}: {difference}");
            }
        }

        Assert.Equal(641, asked);
        Assert.Empty(differences);
    }

    private static async Task<string?> DifferenceAsync(HttpClient client, JsonNode recorded)
    {
        using var request = new HttpRequestMessage(new HttpMethod((string)recorded["method"]!), (string)recorded["path"]!);
        if (recorded["body"] is { } body)
        {
            request.Content = new StringContent(
                body is JsonValue text ? (string)text! : body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var status = (int)recorded["status"]!;
        if ((int)response.StatusCode != status)
        {
            return $"status {(int)response.StatusCode}, recorded {status}";
        }

        if (status != 200)
        {
            return null;
        }

        // The original says null for an empty array; fields must come in the recorded order, but for the maps of a batch.
        var expected = recorded["json"] ?? new JsonArray();
        var got = JsonNode.Parse(answer);
        if (!JsonNode.DeepEquals(got, expected))
        {
            return $"answer {answer}";
        }

        var inOrder = ((string)recorded["path"]!).StartsWith("/batch", StringComparison.Ordinal)
            || got!.ToJsonString() == expected.ToJsonString();
        return inOrder ? null : $"fields in another order: {answer}";
    }
}
