using System.Text;
using MusicMetadata.Search.Terms;

namespace MusicMetadata.Search;

/// <summary>
/// One to three neighbouring characters of a folded name, as a number: the words of the search index. A name contains a text only if it has
/// every n-gram of the text.
/// </summary>
internal static class NGram
{
    /// <summary>
    /// How often the same three characters are told apart within a name: "la la la" asks for names with three times "la ". Without it, each
    /// "la la" would be a candidate whose name must be read.
    /// </summary>
    public const int Occurrences = 8;

    /// <summary>Stands after the last character of an n-gram of one or two.</summary>
    private const ulong None = 0x110000;

    private const ulong Radix = None + 1;

    /// <summary>An n-gram of one character.</summary>
    public static long Of(Rune first) => Of(first, None, None);

    /// <summary>An n-gram of two characters.</summary>
    public static long Of(Rune first, Rune second) => Of(first, (uint)second.Value, None);

    /// <summary>
    /// An n-gram of three characters at its first occurrence within a name; the numbers after it, up to <see cref="Occurrences"/> in all,
    /// are the same n-gram at its second and later ones.
    /// </summary>
    public static long Of(Rune first, Rune second, Rune third) => Of(first, (uint)second.Value, (uint)third.Value);

    /// <summary>Whether an n-gram has one or two characters; false for a <see cref="Term"/>.</summary>
    public static bool IsShort(long ngram) => unchecked((ulong)ngram) < Term.First && unchecked((ulong)ngram) / Occurrences % Radix == None;

    /// <summary>The n-grams that names must have to contain a text, each once.</summary>
    /// <param name="folded">The folded text, not empty.</param>
    public static HashSet<long> Of(ReadOnlySpan<byte> folded)
    {
        var ngrams = new HashSet<long>();
        _ = Rune.DecodeFromUtf8(folded, out var first, out var length);
        if (length == folded.Length)
        {
            ngrams.Add(Of(first));
            return ngrams;
        }

        _ = Rune.DecodeFromUtf8(folded[length..], out var second, out var next);
        length += next;
        if (length == folded.Length)
        {
            ngrams.Add(Of(first, second));
            return ngrams;
        }

        while (length < folded.Length)
        {
            _ = Rune.DecodeFromUtf8(folded[length..], out var third, out next);
            length += next;
            var ngram = Of(first, second, third);
            for (var occurrence = 0; occurrence < Occurrences - 1 && !ngrams.Add(ngram); occurrence++)
            {
                ngram++;
            }

            (first, second) = (second, third);
        }

        return ngrams;
    }

    // All fit into 64 bits, though not into 63; a group of occurrences does not straddle the sign, because 2^63 is a multiple of 8.
    private static long Of(Rune first, ulong second, ulong third) =>
        unchecked((long)((((((ulong)first.Value * Radix) + second) * Radix) + third) * Occurrences));
}
