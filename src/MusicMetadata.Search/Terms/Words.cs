using System.Globalization;
using System.Text;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Search.Terms;

/// <summary>The words of a folded text: what stands between characters that are neither letters nor digits.</summary>
/// <remarks>
/// Of scripts that do not put spaces between words every character is a word. A text without letters and digits has its pieces between
/// spaces for words: there are artists called "!!!".
/// </remarks>
internal static class Words
{
    /// <summary>Adds where the words of a text stand.</summary>
    public static void Find(ReadOnlySpan<byte> folded, List<TextRange> words)
    {
        var before = words.Count;
        Find(folded, isPiece: false, words);
        if (words.Count == before)
        {
            Find(folded, isPiece: true, words);
        }
    }

    private static void Find(ReadOnlySpan<byte> folded, bool isPiece, List<TextRange> words)
    {
        var start = -1;
        for (var position = 0; position < folded.Length;)
        {
            _ = Rune.DecodeFromUtf8(folded[position..], out var rune, out var length);
            var isPart = isPiece ? !Rune.IsWhiteSpace(rune) : IsOfWord(rune);
            var isAlone = isPart && !isPiece && IsWordAlone(rune.Value);
            if (start >= 0 && (!isPart || isAlone))
            {
                words.Add(new TextRange(start, position - start));
                start = -1;
            }

            if (isAlone)
            {
                words.Add(new TextRange(position, length));
            }
            else if (isPart && start < 0)
            {
                start = position;
            }

            position += length;
        }

        if (start >= 0)
        {
            words.Add(new TextRange(start, folded.Length - start));
        }
    }

    private static bool IsOfWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Thai, Lao, Burmese, Khmer, kana, and ideographs.</summary>
    private static bool IsWordAlone(int rune) => rune
        is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF)
        or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF);
}
