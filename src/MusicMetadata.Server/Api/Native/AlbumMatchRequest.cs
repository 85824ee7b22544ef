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

    private static AlbumItem Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("files", out var files)
                || files.ValueKind != JsonValueKind.Array)
            {
                throw MatchItemReader.Bad(
                    "The body must be a JSON object with an array of files, such as "
                        + "{\"album\":\"…\",\"artist\":\"…\",\"files\":[{\"title\":\"…\"}]}.");
            }

            // What a folder and a file have in common is checked alike.
            var folder = MatchItemReader.ReadFile(root);
            return files.GetArrayLength() switch
            {
                0 => throw MatchItemReader.Bad("The body has no files."),
                > MaxFiles and var count => throw MatchItemReader.Bad($"The body has {count} files; {MaxFiles} are allowed."),
                _ => new AlbumItem
                {
                    Album = folder.Album,
                    Artists = folder.Artists,
                    Year = folder.Year,
                    Upc = MatchItemReader.ReadText(root, "upc"),
                    Files = [.. files.EnumerateArray().Select(MatchItemReader.ReadFile)],
                },
            };
        }
        catch (JsonException)
        {
            throw MatchItemReader.Bad("The body must be JSON.");
        }
        catch (InvalidOperationException)
        {
            throw MatchItemReader.Bad("A text has half of a surrogate pair.");
        }
    }
}
