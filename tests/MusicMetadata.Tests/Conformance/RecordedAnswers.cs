using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicMetadata.Tests.Conformance;

/// <summary>Asks a server of the recorded catalog for everything that was recorded.</summary>
internal static class RecordedAnswers
{
    /// <summary>How many requests were recorded.</summary>
    private const int Count = 641;

    /// <summary>The requests whose answers differ, with how they do.</summary>
    public static async Task<List<string>> FindDifferencesAsync(HttpClient client)
    {
        var differences = new List<string>();
        var asked = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(AppContext.BaseDirectory, "Conformance", "golden.jsonl")))
        {
            var recorded = JsonNode.Parse(line)!;
            asked++;
            if (await DifferenceAsync(client, recorded) is { } difference)
            {
                differences.Add($"{recorded["method"]} {recorded["path"]}: {difference}");
            }
        }

        Assert.Equal(Count, asked);
        return differences;
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
