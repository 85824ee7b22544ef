using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MusicMetadata.Matching;

namespace MusicMetadata.Server.Api.Native;

/// <summary>Reads what clients tell of files, and refuses what makes no sense.</summary>
internal static class MatchItemReader
{
    /// <summary>Characters of a text.</summary>
    public const int MaxText = 1000;

    /// <summary>Artists of an item.</summary>
    public const int MaxArtists = 20;

    /// <summary>What is wrong with a text that no UTF-8 can be made of.</summary>
    public const string HalfPair = "A text has half of a surrogate pair.";

    /// <summary>Milliseconds of a recording: a day.</summary>
    private const int MaxDuration = 86_400_000;

    /// <summary>Reads an item from the query of an address.</summary>
    /// <exception cref="ClientException">Something in it makes no sense.</exception>
    public static MatchItem Read(IQueryCollection query) => CheckNotEmpty(Check(new MatchItem
    {
        Title = query["title"],
        Artists = [.. query["artist"].Where(artist => !string.IsNullOrWhiteSpace(artist)).Select(artist => artist!)],
        Album = query["album"],
        DurationMs = ReadNumber(query["duration_ms"], "duration_ms", MaxDuration),
        Isrc = query["isrc"],
        TrackNumber = ReadNumber(query["track_number"], "track_number", int.MaxValue),
        DiscNumber = ReadNumber(query["disc_number"], "disc_number", int.MaxValue),
        Year = ReadNumber(query["year"], "year", 9999),
        Explicit = query["explicit"].ToString() switch
        {
            "" => null,
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw Bad("explicit must be true or false."),
        },
        Text = query["q"],
    }));

    /// <summary>Reads an item.</summary>
    /// <exception cref="ClientException">Something in it makes no sense, or there is nothing to find a recording by.</exception>
    public static MatchItem Read(JsonElement item) => CheckNotEmpty(ReadFile(item));

    /// <summary>Reads a body that is an object with a list.</summary>
    /// <param name="body">The body.</param>
    /// <param name="name">What the list is called.</param>
    /// <param name="max">How many entries it may have.</param>
    /// <param name="example">Such a body.</param>
    /// <param name="read">Makes the request of the object and the list.</param>
    /// <exception cref="ClientException">It is no such object, or the list is empty or too long.</exception>
    public static T ReadList<T>(
        ReadOnlySequence<byte> body, string name, int max, string example, Func<JsonElement, JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty(name, out var list)
                || list.ValueKind != JsonValueKind.Array)
            {
                throw Bad($"The body must be a JSON object with an array of {name}, such as {example}.");
            }

            return list.GetArrayLength() switch
            {
                0 => throw Bad($"The body has no {name}."),
                var count when count > max => throw Bad($"The body has {count} {name}; {max} are allowed."),
                _ => read(root, list),
            };
        }
        catch (JsonException)
        {
            throw Bad("The body must be JSON.");
        }
        catch (InvalidOperationException)
        {
            throw Bad(HalfPair);
        }
    }

    /// <summary>Reads a file of a folder, which may have nothing but its number.</summary>
    /// <exception cref="ClientException">Something in it makes no sense.</exception>
    public static MatchItem ReadFile(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw Bad("An item must be an object.");
        }

        return Check(new MatchItem
        {
            Title = ReadText(item, "title"),
            Artists = ReadArtists(item),
            Album = ReadText(item, "album"),
            DurationMs = Read(item, "duration_ms", MaxDuration),
            Isrc = ReadText(item, "isrc"),
            TrackNumber = Read(item, "track_number", int.MaxValue),
            DiscNumber = Read(item, "disc_number", int.MaxValue),
            Year = Read(item, "year", 9999),
            Explicit = Find(item, "explicit") switch
            {
                null => null,
                { ValueKind: JsonValueKind.True } => true,
                { ValueKind: JsonValueKind.False } => false,
                _ => throw Bad("explicit must be true or false."),
            },
            Text = ReadText(item, "q"),
        });
    }

    private static JsonElement? Find(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text of an object; null when it has none.</summary>
    /// <exception cref="ClientException">It is something else.</exception>
    public static string? ReadText(JsonElement item, string name) => Find(item, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Bad($"{name} must be a text."),
    };

    /// <summary>The artists of an object: a text, or an array of texts.</summary>
    /// <exception cref="ClientException">They are something else.</exception>
    public static string[] ReadArtists(JsonElement item) => Find(item, "artist") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(artist => artist.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(artist => artist.GetString()!)],
        _ => throw Bad("artist must be a text or an array of texts."),
    };

    /// <summary>A whole number of an object; null when it has none.</summary>
    /// <exception cref="ClientException">It is something else.</exception>
    public static int? Read(JsonElement item, string name, int max) => Find(item, name) is { } value ? ReadNumber(value, name, max) : null;

    private static int? ReadNumber(JsonElement value, string name, int max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 && number <= max
            ? number
            : throw Bad($"{name} must be a whole number from 0 to {max}.");

    /// <summary>A whole number; null for none.</summary>
    /// <exception cref="ClientException">It is something else.</exception>
    public static int? ReadNumber(string? text, string name, int max) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number
        : throw Bad($"{name} must be a whole number from 0 to {max}.");

    /// <summary>Checks how long texts are, and how many artists there are.</summary>
    private static MatchItem Check(MatchItem item)
    {
        foreach (var (name, text) in item.Artists.Select(artist => ("artist", (string?)artist))
            .Concat([("title", item.Title), ("album", item.Album), ("isrc", item.Isrc), ("q", item.Text)]))
        {
            if (text?.Length > MaxText)
            {
                throw Bad($"{name} has {text.Length} characters; {MaxText} are allowed.");
            }
        }

        return item.Artists.Count > MaxArtists ? throw Bad($"There are {item.Artists.Count} artists; {MaxArtists} are allowed.")
            : item;
    }

    private static MatchItem CheckNotEmpty(MatchItem item) =>
        item.IsEmpty ? throw Bad("There is nothing to go by: a title, an isrc or a q is needed.") : item;

    /// <summary>What a client is answered who sends what makes no sense.</summary>
    public static ClientException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
