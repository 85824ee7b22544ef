using System.Buffers;
using System.Text.Json;
using MusicMetadata.Matching;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The body of <c>POST /match</c>.</summary>
/// <param name="Items">What to match, in the order of the answers.</param>
/// <param name="Limit">How many recordings to name for each.</param>
internal sealed record MatchRequest(IReadOnlyList<MatchRequest.Entry> Items, int Limit)
{
    /// <summary>Items in one request.</summary>
    public const int MaxItems = 400;

    /// <summary>Bytes of a body.</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>Recordings that are named unless the client says how many.</summary>
    public const int DefaultLimit = 5;

    /// <summary>Recordings that are named at most; who asks for more gets as many.</summary>
    public const int MaxLimit = 10;

    /// <summary>Reads and checks a body.</summary>
    /// <exception cref="ClientException">It is no such object, it is too long, or it has no items or too many.</exception>
    public static Task<MatchRequest> ReadAsync(HttpRequest request) => RequestBody.ReadAsync(request, MaxBody, Parse);

    /// <summary>How many recordings the query of an address asks for.</summary>
    /// <exception cref="ClientException">It is no number, or 0.</exception>
    public static int ReadLimit(IQueryCollection query) =>
        CheckLimit(MatchItemReader.ReadNumber(query["limit"], "limit", int.MaxValue) ?? DefaultLimit);

    private static MatchRequest Parse(ReadOnlySequence<byte> body) => MatchItemReader.ReadList(
        body, "items", MaxItems, "{\"items\":[{\"title\":\"…\",\"artist\":\"…\"}]}", Read);

    private static MatchRequest Read(JsonElement root, JsonElement items)
    {
        var limit = CheckLimit(MatchItemReader.Read(root, "limit", int.MaxValue) ?? DefaultLimit);
        return new MatchRequest([.. items.EnumerateArray().Select(ReadEntry)], limit);
    }

    /// <summary>Reads one item; what is wrong with it does not keep others from being answered.</summary>
    private static Entry ReadEntry(JsonElement item)
    {
        string? reference = null;
        try
        {
            reference = ReadReference(item);
            return new Entry(reference, MatchItemReader.Read(item), null);
        }
        catch (ClientException e)
        {
            return new Entry(reference, null, e.Message);
        }
        catch (InvalidOperationException)
        {
            return new Entry(reference, null, MatchItemReader.HalfPair);
        }
    }

    /// <summary>What the client calls the item, as JSON.</summary>
    private static string? ReadReference(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty("ref", out var reference)
            || reference.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return reference.ValueKind switch
        {
            JsonValueKind.String when reference.GetString()!.Length <= MatchItemReader.MaxText => reference.GetRawText(),
            JsonValueKind.Number => reference.GetRawText(),
            _ => throw MatchItemReader.Bad($"ref must be a number, or a text of {MatchItemReader.MaxText} characters at most."),
        };
    }

    private static int CheckLimit(int limit) =>
        limit >= 1 ? Math.Min(limit, MaxLimit) : throw MatchItemReader.Bad("limit must be a whole number from 1.");

    /// <summary>An item, or what is wrong with it.</summary>
    /// <param name="Reference">What the client calls it, as JSON; null when it does not.</param>
    /// <param name="Item">The item; null when something is wrong with it.</param>
    /// <param name="Error">What is wrong with it.</param>
    internal sealed record Entry(string? Reference, MatchItem? Item, string? Error);
}
