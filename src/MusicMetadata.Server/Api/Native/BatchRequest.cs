using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The body of <c>POST /batch/lookup</c>.</summary>
internal sealed record BatchRequest
{
    /// <summary>The most items of all kinds together, repeats included.</summary>
    public const int MaxItems = 400;

    /// <summary>The largest body that is read, in bytes; 400 items of usual length need 12,000.</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>Ids of tracks.</summary>
    public string[]? Tracks { get; init; }

    /// <summary>Ids of artists.</summary>
    public string[]? Artists { get; init; }

    /// <summary>Ids of albums.</summary>
    public string[]? Albums { get; init; }

    /// <summary>ISRCs in any form.</summary>
    public string[]? Isrcs { get; init; }

    /// <summary>Universal Product Codes, with or without leading zeros.</summary>
    public string[]? Upcs { get; init; }

    /// <summary>How many things it names, repeats included.</summary>
    [JsonIgnore]
    public int Items => (Tracks?.Length ?? 0) + (Artists?.Length ?? 0) + (Albums?.Length ?? 0) + (Isrcs?.Length ?? 0) + (Upcs?.Length ?? 0);

    /// <summary>Reads and checks a body, whatever its content type says, as the original server did.</summary>
    /// <exception cref="ClientException">It is not such an object, it is too long, or it has no items or too many.</exception>
    public static Task<BatchRequest> ReadAsync(HttpRequest request) => RequestBody.ReadAsync(request, MaxBody, Parse);

    private static BatchRequest Parse(ReadOnlySequence<byte> body)
    {
        BatchRequest? batch;
        try
        {
            var json = new Utf8JsonReader(body);
            batch = JsonSerializer.Deserialize(ref json, BatchJsonContext.Default.BatchRequest);
            _ = json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is half of a surrogate pair.
            throw new ClientException(
                StatusCodes.Status400BadRequest,
                "The body must be a JSON object of arrays of strings, such as "
                    + "{\"tracks\":[\"…\"],\"artists\":[],\"albums\":[],\"isrcs\":[]}.");
        }

        if (batch is null)
        {
            throw new ClientException(StatusCodes.Status400BadRequest, "The body must be a JSON object, not null.");
        }

        string[][] lists = [batch.Tracks ?? [], batch.Artists ?? [], batch.Albums ?? [], batch.Isrcs ?? [], batch.Upcs ?? []];
        var items = batch.Items;
        return items switch
        {
            0 => throw new ClientException(StatusCodes.Status400BadRequest, "The body names nothing to look up."),
            > MaxItems => throw new ClientException(
                StatusCodes.Status400BadRequest, $"The body names {items} items; {MaxItems} are allowed."),
            _ when lists.Any(list => list.Contains(null)) => throw new ClientException(
                StatusCodes.Status400BadRequest, "The body's arrays may hold strings only, not null."),
            _ => batch,
        };
    }
}

/// <summary>Serializers generated at compile time. Names of members match in any case, as they did in the original server.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchRequest))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;
