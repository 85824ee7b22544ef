using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Matching;

namespace MusicMetadata.Lists;

/// <summary>Matches by asking a server of this program, as <c>POST /match</c>.</summary>
/// <param name="server">Where it is.</param>
/// <param name="token">The bearer token that it wants; null when it wants none.</param>
internal sealed class ServerMatcher(Uri server, string? token) : IListMatcher
{
    /// <summary>Bytes of a request, of which a server takes one mebibyte.</summary>
    private const int MaxBody = 900 * 1024;

    /// <summary>How often a server that has too much to do is asked again.</summary>
    private const int MaxTries = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public async Task<ListAnswer[]> MatchAsync(IReadOnlyList<MatchItem> items, CancellationToken cancellation)
    {
        var answers = new ListAnswer[items.Count];
        Array.Fill(answers, ListAnswer.None);
        var asked = Enumerable.Range(0, items.Count).Where(i => !items[i].IsEmpty).ToArray();
        for (var done = 0; done < asked.Length;)
        {
            var (body, count) = Write(items, asked.AsSpan(done));
            var part = asked.AsMemory(done, count);
            await AskAsync(body, (i, answer) => answers[part.Span[i]] = answer, count, cancellation);
            done += count;
        }

        return answers;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task AskAsync(ReadOnlyMemory<byte> body, Action<int, ListAnswer> take, int count, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var (status, answer) = await PlainHttp.PostAsync(server, "match", token, body, cancellation);
            try
            {
                using var document = JsonDocument.Parse(answer);
                if (status == 200)
                {
                    Read(document.RootElement.GetProperty("results"), take, count);
                    return;
                }

                if (status != 429 || tries == MaxTries)
                {
                    throw new OperatorException($"The server at {server} answered {status}: {TextOf(document.RootElement, "detail")}");
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new OperatorException($"The server at {server} answered {status} with what is no answer of this program.");
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private static void Read(JsonElement results, Action<int, ListAnswer> take, int count)
    {
        if (results.GetArrayLength() != count)
        {
            throw new FormatException("Results are missing.");
        }

        for (var i = 0; i < count; i++)
        {
            var result = results[i];
            if (result.TryGetProperty("error", out var error))
            {
                throw new OperatorException($"The server refused a row: {error.GetString()}");
            }

            var decision = result.GetProperty("decision").GetString()!;
            var matches = result.GetProperty("matches");
            take(i, decision == ListAnswer.None.Decision || matches.GetArrayLength() == 0
                ? new ListAnswer(decision, 0, null)
                : new ListAnswer(decision, matches[0].GetProperty("score").GetDouble(), ReadTrack(matches[0].GetProperty("track"))));
        }
    }

    private static FoundTrack ReadTrack(JsonElement track) => new(
        TextOf(track, "id"),
        TextOf(track, "isrc"),
        TextOf(track, "name"),
        track.TryGetProperty("artists", out var artists)
            ? string.Join(", ", artists.EnumerateArray().Select(artist => TextOf(artist, "name")))
            : "",
        track.TryGetProperty("album", out var album) ? TextOf(album, "name") : "",
        track.GetProperty("duration_ms").GetInt64());

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>Writes as many items as a request takes; one always, whose texts are bounded.</summary>
    private static (ReadOnlyMemory<byte> Body, int Count) Write(IReadOnlyList<MatchItem> items, ReadOnlySpan<int> asked)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var count = 0;
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("limit", 1);
            json.WriteStartArray("items");
            for (; count < asked.Length && json.BytesCommitted + json.BytesPending < MaxBody; count++)
            {
                Write(json, items[asked[count]]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return (buffer.WrittenMemory, count);
    }

    private static void Write(Utf8JsonWriter json, MatchItem item)
    {
        json.WriteStartObject();
        WriteUnlessMissing(json, "title", item.Title);
        json.WriteStartArray("artist");
        foreach (var artist in item.Artists)
        {
            json.WriteStringValue(artist);
        }

        json.WriteEndArray();
        WriteUnlessMissing(json, "album", item.Album);
        WriteUnlessMissing(json, "duration_ms", item.DurationMs);
        WriteUnlessMissing(json, "isrc", item.Isrc);
        WriteUnlessMissing(json, "track_number", item.TrackNumber);
        WriteUnlessMissing(json, "disc_number", item.DiscNumber);
        WriteUnlessMissing(json, "year", item.Year);
        if (item.Explicit is { } isExplicit)
        {
            json.WriteBoolean("explicit", isExplicit);
        }

        WriteUnlessMissing(json, "q", item.Text);
        json.WriteEndObject();
    }

    private static void WriteUnlessMissing(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteUnlessMissing(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
