using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace MusicMetadata.Tests.Server;

/// <summary>The document that a server sends, as something that answers can be held against.</summary>
/// <remarks>
/// The document leaves schemas open, so that clients expect new fields; here they are closed, so that a field nobody described is found.
/// </remarks>
internal sealed class OpenApiDocument(JsonNode root)
{
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new();

    /// <summary>The whole document.</summary>
    public JsonNode Root { get; } = root;

    /// <summary>Its paths with their operations.</summary>
    public IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!);

    /// <summary>Reads the document from a server.</summary>
    public static async Task<OpenApiDocument> GetAsync(HttpClient client) =>
        new(JsonNode.Parse(await client.GetStringAsync("/openapi.json"))!);

    /// <summary>
    /// What is wrong with an answer, by what the document says about its method, path, status and media type; null when nothing is.
    /// </summary>
    public string? Fault(string method, string path, int status, string? mediaType, string body)
    {
        var operation = Operations.Where(o => string.Equals(o.Method, method, StringComparison.OrdinalIgnoreCase) && Matches(o.Path, path))
            .Select(o => o.Operation).FirstOrDefault();
        if (operation is null)
        {
            // What no route answers is answered as the document's own schemas of errors say; what the catalog has nothing for, by 403.
            var isSpotify = path.StartsWith("/v1", StringComparison.Ordinal);
            return status is 404 or 405 || (isSpotify && status == 403)
                ? Fault(Root["components"]!["schemas"]![isSpotify ? "SpotifyError" : "Problem"]!, body)
                : "the document has no such operation";
        }

        var response = Resolve(operation["responses"]![status.ToString(null, null)] ?? operation["responses"]!["default"]!);
        return response["content"]?[mediaType ?? ""]?["schema"] is { } schema
            ? Fault(schema, body)
            : $"the document has no {mediaType} for {status}";
    }

    /// <summary>What is wrong with a text by a schema of the document; null when nothing is.</summary>
    public string? Fault(JsonNode schema, string body)
    {
        var faults = _schemas.GetOrAdd(schema.ToJsonString(), Compile).Validate(body);
        return faults.Count == 0 ? null : string.Join("; ", faults.Select(fault => fault.ToString()));
    }

    /// <summary>The node itself, or what it refers to.</summary>
    public JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate(Root, (at, name) => at[name]!) : node;

    private static bool Matches(string template, string path)
    {
        var wanted = template.Split('/');
        var given = path.Split('?')[0].Split('/');
        return wanted.Length == given.Length && wanted.Zip(given)
            .All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
    }

    /// <summary>The validator knows older drafts: definitions elsewhere, and no <c>const</c>.</summary>
    private JsonSchema Compile(string schema)
    {
        var root = new JsonObject
        {
            ["allOf"] = new JsonArray(JsonNode.Parse(schema)),
            ["definitions"] = Root["components"]!["schemas"]!.DeepClone(),
        };
        Close(root);
        return JsonSchema.FromJsonAsync(root.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal))
            .GetAwaiter().GetResult();
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Close(item);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        foreach (var (_, value) in schema)
        {
            Close(value);
        }

        if (schema["properties"] is JsonObject && schema["type"] is JsonValue && schema["additionalProperties"] is null)
        {
            schema["additionalProperties"] = false;
        }

        if (schema["const"] is JsonValue constant)
        {
            schema["enum"] = new JsonArray(constant.DeepClone());
        }
    }
}
