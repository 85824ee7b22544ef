using System.Buffers;
using System.Text.Json;
using MusicMetadata.Matching;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The body of <c>POST /match/album</c>.</summary>
internal static class AlbumMatchRequest
{
    /// <summary>Files in one request.</summary>
    public const int MaxFiles = 200;

    /// <summary>Reads and checks a body.</summary>
    /// <exception cref="ClientException">It is no such object, it is too long, or it has no files or too many.</exception>
    public static Task<AlbumItem> ReadAsync(HttpRequest request) => RequestBody.ReadAsync(request, MatchRequest.MaxBody, Parse);

    private static AlbumItem Parse(ReadOnlySequence<byte> body) => MatchItemReader.ReadList(
        body, "files", MaxFiles, "{\"album\":\"…\",\"artist\":\"…\",\"files\":[{\"title\":\"…\"}]}", Read);

    private static AlbumItem Read(JsonElement root, JsonElement files)
    {
        // What a folder and a file have in common is checked alike.
        var folder = MatchItemReader.ReadFile(root);
        return new AlbumItem
        {
            Album = folder.Album,
            Artists = folder.Artists,
            Year = folder.Year,
            Upc = MatchItemReader.ReadText(root, "upc"),
            Files = [.. files.EnumerateArray().Select(MatchItemReader.ReadFile)],
        };
    }
}
