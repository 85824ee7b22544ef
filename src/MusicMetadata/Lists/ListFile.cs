using MusicMetadata.Catalog;

namespace MusicMetadata.Lists;

/// <summary>Opens lists, and tells tables from playlists.</summary>
internal static class ListFile
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Characters that decide what a list is.</summary>
    private const int HeadLength = 16 * 1024;

    /// <summary>Begins to read a list, and reads its rows while they are asked for.</summary>
    /// <param name="path">Where it is; <see cref="StandardInput"/> for standard input.</param>
    /// <param name="use">What is done with it, before it is closed.</param>
    /// <exception cref="OperatorException">It cannot be read, or is no list.</exception>
    public static async Task<T> UseAsync<T>(string path, Func<MatchList, Task<T>> use)
    {
        var name = path == StandardInput ? "Standard input" : path;
        using var text = ListText.Open(OpenStream(path));
        var buffer = new char[HeadLength];
        var head = buffer.AsMemory(0, text.ReadBlock(buffer));
        if (head.Span.IsWhiteSpace())
        {
            throw new OperatorException($"{name} is empty.");
        }

        using var all = new ContinuedReader(head, text);
        return await use(IsPlaylist(path, head.Span) ? PlaylistReader.Read(all) : TableReader.Read(all, name));
    }

    private static Stream OpenStream(string path)
    {
        try
        {
            return path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperatorException($"{path} does not exist.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorException($"{path} cannot be read: {e.Message}");
        }
    }

    private static bool IsPlaylist(string path, ReadOnlySpan<char> head) =>
        head.TrimStart().StartsWith("#EXT", StringComparison.OrdinalIgnoreCase)
            || Path.GetExtension(path).ToLowerInvariant() is ".m3u" or ".m3u8";
}
