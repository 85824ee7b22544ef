using System.Globalization;
using System.Text;

namespace MusicMetadata.Server.Telemetry;

/// <summary>Makes what a client wrote fit for a line of a log, and for the terminal that shows it.</summary>
internal static class Escape
{
    /// <summary>A text with <c>\u001B</c> for each character that is not printable ASCII.</summary>
    public static string NonPrintable(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character is >= ' ' and <= '~'
                ? escaped.Append(character)
                : escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }

        return escaped.ToString();
    }
}
