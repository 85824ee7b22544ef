using System.Buffers;
using System.Globalization;
using System.Text;

namespace MusicMetadata.Catalog;

/// <summary>
/// What counts as the same letter when names are searched: upper and lower case, a letter with and without its diacritics, composed and
/// decomposed spelling, full and half width. One function for scanning, indexing, asking and confirming, so that they cannot disagree.
/// </summary>
/// <remarks>
/// Our own table rather than the framework's: without ICU <see cref="string.Normalize()"/> changes nothing outside ASCII, and results would
/// depend on the machine. An index is only as good as the folding it was built with: a change here needs a new version of the index.
/// </remarks>
public static class NameFolding
{
    /// <summary>
    /// How many times longer than the original, in bytes, a folded name can be: one byte that is not UTF-8 becomes U+FFFD.
    /// </summary>
    private const int Growth = 3;

    private static readonly ushort[] BelowSupplementary = new ushort[0x10000];
    private static readonly Dictionary<int, ushort> Supplementary = [];
    private static readonly Dictionary<(int, int), int> Kana = [];
    private static readonly Rune[][] Results = ReadTable();

    /// <summary>The folded form of a text: a name matches a text when its folded form contains the folded text's bytes.</summary>
    public static byte[] Fold(string text)
    {
        var buffer = Array.Empty<byte>();
        return Fold(Encoding.UTF8.GetBytes(text), ref buffer).ToArray();
    }

    /// <summary>The folded form of a name.</summary>
    /// <param name="utf8">The name; bytes that are not UTF-8 count as U+FFFD.</param>
    /// <param name="buffer">Holds the result until the next call with it, and is replaced when it is too small.</param>
    public static ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> utf8, ref byte[] buffer)
    {
        if (buffer.Length < utf8.Length * Growth)
        {
            buffer = new byte[Math.Max(256, utf8.Length * Growth * 2)];
        }

        if (Ascii.ToLower(utf8, buffer, out var length) == OperationStatus.Done)
        {
            return buffer.AsSpan(0, length);
        }

        var folded = length;
        for (var rest = utf8[length..]; !rest.IsEmpty;)
        {
            if (rest[0] < 0x80)
            {
                buffer[folded++] = rest[0] is >= (byte)'A' and <= (byte)'Z' ? (byte)(rest[0] | 0x20) : rest[0];
                rest = rest[1..];
                continue;
            }

            _ = Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
            rest = rest[consumed..];
            var entry = rune.IsBmp ? BelowSupplementary[rune.Value] : Supplementary.GetValueOrDefault(rune.Value);
            if (entry == 0)
            {
                Append(rune, buffer, ref folded);
                continue;
            }

            foreach (var result in Results[entry])
            {
                Append(result, buffer, ref folded);
            }
        }

        return buffer.AsSpan(0, folded);
    }

    private static void Append(Rune rune, byte[] buffer, ref int length)
    {
        if (rune.Value is >= 0x1161 and <= 0x11C2 or 0x3099 or 0x309A
            && Rune.DecodeLastFromUtf8(buffer.AsSpan(0, length), out var last, out var width) == OperationStatus.Done
            && Compose(last.Value, rune.Value) is var composed and not 0)
        {
            length -= width;
            rune = new Rune(composed);
        }

        length += rune.EncodeToUtf8(buffer.AsSpan(length));
    }

    /// <summary>The one letter that two make, or 0: kana with a sound mark, and Hangul (Unicode, section 3.12).</summary>
    private static int Compose(int first, int second)
    {
        const int Leading = 0x1100;
        const int Vowel = 0x1161;
        const int Trailing = 0x11A7;
        const int Syllable = 0xAC00;
        const int Vowels = 21;
        const int Trailings = 28;
        const int Syllables = 19 * Vowels * Trailings;
        if (first - Leading is >= 0 and < 19 && second - Vowel is >= 0 and < Vowels)
        {
            return Syllable + ((((first - Leading) * Vowels) + second - Vowel) * Trailings);
        }

        if (first - Syllable is >= 0 and < Syllables && (first - Syllable) % Trailings == 0 && second - Trailing is > 0 and < Trailings)
        {
            return first + second - Trailing;
        }

        return Kana.GetValueOrDefault((first, second));
    }

    private static Rune[][] ReadTable()
    {
        var results = new List<Rune[]> { Array.Empty<Rune>() };
        foreach (var word in Words(NameFoldingTable.Foldings))
        {
            if (word.Split('=') is [var target, var sources])
            {
                results.Add([.. target.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(rune => new Rune(Hex(rune)))]);
                foreach (var range in sources.Split(','))
                {
                    var ends = range.Split('-');
                    for (var point = Hex(ends[0]); point <= Hex(ends[^1]); point++)
                    {
                        Set(point, results.Count - 1);
                    }
                }
            }
            else
            {
                // first-last/step, then the signed difference, which is the only place for a sign after the slash.
                var slash = word.IndexOf('/');
                var ends = word[..slash].Split('-');
                var difference = int.Parse(word.AsSpan(slash + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                for (var point = Hex(ends[0]); point <= Hex(ends[1]); point += word[slash + 1] - '0')
                {
                    results.Add([new Rune(point + difference)]);
                    Set(point, results.Count - 1);
                }
            }
        }

        foreach (var word in Words(NameFoldingTable.Kana))
        {
            var points = word.Split('+', '=').Select(Hex).ToArray();
            Kana.Add((points[0], points[1]), points[2]);
        }

        return [.. results];
    }

    private static void Set(int point, int result)
    {
        if (point < BelowSupplementary.Length)
        {
            BelowSupplementary[point] = (ushort)result;
        }
        else
        {
            Supplementary.Add(point, (ushort)result);
        }
    }

    private static string[] Words(ReadOnlySpan<byte> table) =>
        Encoding.ASCII.GetString(table).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
