namespace MusicMetadata.Server.Api.Spotify;

/// <summary>Ids as clients send them: 22 characters of base62.</summary>
internal static class Ids
{
    private const int Length = 22;

    /// <summary>The id in the path.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static string OfPath(HttpRequest request) => Check((string)request.RouteValues["id"]!);

    /// <summary>The ids in <c>ids=</c>, with commas between them, in their order.</summary>
    /// <exception cref="ClientException">There are none, or too many, or one is none.</exception>
    public static string[] OfQuery(HttpRequest request, int max)
    {
        var ids = request.Query["ids"] is [{ Length: > 0 } list, ..] ? list.Split(',') : throw Errors.Bad("Missing required field: ids");
        return ids.Length > max ? throw Errors.Bad("too many ids requested") : Array.ConvertAll(ids, id => Check(id.Trim()));
    }

    private static string Check(string id) =>
        id.Length == Length && id.All(char.IsAsciiLetterOrDigit) ? id : throw Errors.Bad("Invalid base62 id");
}
