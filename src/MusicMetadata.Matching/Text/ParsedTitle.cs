namespace MusicMetadata.Matching.Text;

/// <summary>A title taken apart.</summary>
/// <param name="Core">The comparison form of what names the song: without artists, and without words of a version.</param>
/// <param name="Versions">What the rest tells of the version.</param>
/// <param name="Detail">What tells the version from others of the same kinds, such as the name of the remixer; mostly empty.</param>
/// <param name="Featured">Artists that the title names, as they are written.</param>
/// <param name="Text">What <see cref="Core"/> is the comparison form of.</param>
public sealed record ParsedTitle(string Core, TitleVersions Versions, string Detail, IReadOnlyList<string> Featured, string Text)
{
    /// <summary>Eight bits of <see cref="Detail"/>, 0 when there is none: what the index keeps of it.</summary>
    public byte DetailHash => Detail.Length == 0 ? (byte)0 : (byte)((ComparisonForm.Hash(Detail) % 255) + 1);
}
