using System.Collections.Frozen;

namespace MusicMetadata.Matching.Text;

/// <summary>What programs that rip discs or name files put in front of a title, or in its place.</summary>
/// <remarks>
/// By hand: these two are all that would bring the framework's regular expressions, half a megabyte, into the executable.
/// </remarks>
internal static class RippedTitle
{
    private const int MaxDigits = 3;

    private static readonly FrozenSet<string> Placeholders =
        FrozenSet.Create(
            StringComparer.OrdinalIgnoreCase,
            "", "track", "titel", "piste", "pista", "audio track", "audiotrack", "untitled", "unknown", "unbekannt");

    /// <summary>
    /// How many characters the number of a track takes in front of a title, such as <c>01 - </c> or <c>7. </c>; 0 when there is none. A
    /// number of one digit is one only with a mark behind it: "7 Seconds" is a title.
    /// </summary>
    public static int NumberLength(string title)
    {
        var start = SkipSpace(title, 0);
        var end = start;
        while (end < title.Length && char.IsAsciiDigit(title[end]))
        {
            end++;
        }

        var digits = end - start;
        var behind = SkipSpace(title, end);
        if (digits is 0 or > MaxDigits || behind == title.Length)
        {
            return 0;
        }

        var length = title[behind] is '-' or '.' or ')' or '_' ? SkipSpace(title, behind + 1)
            : digits > 1 && behind > end ? behind
            : title.Length;
        return length == title.Length ? 0 : length;
    }

    /// <summary>Whether a title is what programs write when they know none, such as <c>Track 01</c>.</summary>
    public static bool IsPlaceholder(string title)
    {
        var text = title.Trim();
        var rest = text.AsSpan().TrimEnd("0123456789").Length;
        return text.Length - rest <= MaxDigits && Placeholders.Contains(text[..rest].TrimEnd(' ', '\t', '_', '-'));
    }

    private static int SkipSpace(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }
}
