using System.Numerics;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>
/// Titles in a few bytes: a hash, by which the same title is found, and a sketch of its pairs of letters, by which a similar one is. Titles
/// themselves would take twice the space, and the one that is chosen is read from the catalog anyway.
/// </summary>
public static class TitleSketch
{
    /// <summary>Bits that may differ between the sketches of two titles of which one has a typing error or two.</summary>
    private const int MaxDifference = 6;

    /// <summary>24 bits of a hash of a title's core: they need to tell the titles of one artist apart.</summary>
    public static int HashOf(string core) => (int)(ComparisonForm.Hash(core) >> 40);

    /// <summary>
    /// 43 bits of a hash of the comparison form of an artist's name: two of 15 million names share it eight times in all.
    /// </summary>
    public static long HashOfArtist(string form) => (long)(ComparisonForm.Hash(form) >> (64 - 43));

    /// <summary>32 bits of a hash of the core of an album's name, by which albums are found.</summary>
    public static long HashOfAlbumName(string core) => (long)(ComparisonForm.Hash(core) >> 32);

    /// <summary>16 bits of a hash of the core of an album's name.</summary>
    public static ushort HashOfAlbum(string core) => (ushort)ComparisonForm.Hash(core);

    /// <summary>A set of the pairs of neighbouring letters of a title's core, in 24 bits.</summary>
    public static uint BigramsOf(string core)
    {
        var bigrams = 0U;
        var last = '\0';
        foreach (var character in core)
        {
            if (character != ' ')
            {
                bigrams |= 1U << (int)(((last * 31UL) + character) * 2654435761UL % 24);
                last = character;
            }
        }

        return bigrams;
    }

    /// <summary>
    /// How far two titles are apart: 0 to 6 for those that may be one but for a typing error, or one the beginning of the other.
    /// </summary>
    /// <param name="left">The one's bigrams.</param>
    /// <param name="right">The other's.</param>
    /// <param name="isLong">Whether the first is long enough to have been cut short.</param>
    /// <returns>Null for titles that are not similar.</returns>
    public static int? Distance(uint left, uint right, bool isLong) =>
        BitOperations.PopCount(left ^ right) is var difference && difference <= MaxDifference ? difference
        : isLong && BitOperations.PopCount(left & ~right) <= 1 ? MaxDifference
        : null;
}
