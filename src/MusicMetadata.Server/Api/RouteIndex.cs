using System.Text.Json;

namespace MusicMetadata.Server.Api;

/// <summary>
/// What <c>/</c> answers to programs: the routes there are, read from those that are mapped, so that it cannot be out of date.
/// </summary>
internal static class RouteIndex
{
    /// <summary>Answers with the index.</summary>
    public static async Task SendAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        Write(json, Described(context.RequestServices.GetRequiredService<EndpointDataSource>()));
    }

    /// <summary>
    /// The routes of the interface with their methods but HEAD, in the order they were added: all but the files that pages load.
    /// </summary>
    public static IEnumerable<(string Path, IReadOnlyList<string> Methods)> Described(EndpointDataSource endpoints) =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
        select (endpoint.RoutePattern.RawText!, endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods);

    private static void Write(Utf8JsonWriter json, IEnumerable<(string Path, IReadOnlyList<string> Methods)> routes)
    {
        json.WriteStartObject();
        json.WriteString("name", "Music Metadata API");
        json.WriteString("version", ProductVersion.Number);
        json.WriteString("documentation", "docs");
        json.WriteString("specification", "openapi.json");
        json.WriteStartArray("routes");
        foreach (var (path, methods) in routes)
        {
            json.WriteStringValue($"{methods[0]} {path}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
