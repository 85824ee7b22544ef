namespace MusicMetadata.Matching.Text;

/// <summary>Takes apart what files write in the one field that they have for artists.</summary>
public static class ArtistNames
{
    private static readonly string[] Separators =
    [
        " feat. ", " feat ", " ft. ", " ft ", " featuring ", " (feat. ", " (ft. ", " vs. ", " vs ", " with ", " x ", " & ",
        " and ", " + ", ", ", "; ", ";", " / ", "/", "、", " et ", " y ", " und ",
    ];

    /// <summary>
    /// The names that a text may be made of, in the order of the text; only itself when there is nothing that separates. Some names hold
    /// what separates others, such as <c>Earth, Wind &amp; Fire</c>: whoever asks tries the whole text first.
    /// </summary>
    public static string[] Split(string text) =>
        text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts
            ? [.. parts.Select(part => part.EndsWith(')') && !part.Contains('(', StringComparison.Ordinal) ? part[..^1] : part)]
            : [text];

    /// <summary>Whether a text stands for no artist in particular.</summary>
    public static bool IsUnknown(string name) => ComparisonForm.OfArtist(name)
        is "" or "unknown" or "unknown artist" or "various" or "various artists" or "va" or "v a" or "artist" or "no artist" or "n a"
        or "none" or "null" or "verschiedene" or "verschiedene interpreten" or "varios artistas" or "varios" or "divers"
        or "artistes divers";
}
