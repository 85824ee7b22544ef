using System.Buffers;

namespace MusicMetadata.Matching.Text;

/// <summary>
/// Takes titles apart. Words of a version count only in a bracket or behind a dash at the end, so that <c>Live and Let Die</c> stays whole;
/// a bracket that tells no version and no artist is a part of the title.
/// </summary>
public static class TitleParser
{
    private const string Opening = "([{（［【";
    private const string Closing = ")]}）］】";
    private static readonly SearchValues<char> Openings = SearchValues.Create(Opening);
    private static readonly SearchValues<char> Closings = SearchValues.Create(Closing);

    private static readonly string[] FeaturingWords = ["feat.", "feat", "ft.", "ft", "featuring"];

    /// <summary>Takes a title apart.</summary>
    public static ParsedTitle Parse(string title)
    {
        var rest = title.Trim();
        var versions = TitleVersions.None;
        var details = new List<string>();
        var featured = new List<string>();
        for (var before = ""; before != rest;)
        {
            before = rest;
            rest = TakeFeaturedFromMiddle(TakeFromEnd(rest, featured, details, ref versions), featured);
        }

        details.Sort(StringComparer.Ordinal);
        return new ParsedTitle(ComparisonForm.Of(rest), versions, string.Join(' ', details), featured, rest);
    }

    /// <summary>
    /// Takes a title apart without the last bracket, or what stands behind the last dash, which tells nothing that is known; also without a
    /// bracket that nothing closes. Null when the title has none.
    /// </summary>
    public static ParsedTitle? ParseShortened(string title)
    {
        var whole = Parse(title);
        var open = whole.Text.AsSpan().LastIndexOfAny(Openings);
        var before = TryTakeLast(whole.Text, out var taken, out _, out _) ? taken
            : open > 0 && !whole.Text.AsSpan(open).ContainsAny(Closings) ? whole.Text[..open].TrimEnd()
            : "";
        if (before.Length == 0)
        {
            return null;
        }

        var rest = Parse(before);
        var details = string.Join(' ', new[] { rest.Detail, whole.Detail }.Where(detail => detail.Length > 0));
        return new ParsedTitle(rest.Core, rest.Versions | whole.Versions, details, [.. rest.Featured, .. whole.Featured], rest.Text);
    }

    /// <summary>Takes all off the end of a title that tells a version or artists.</summary>
    private static string TakeFromEnd(string title, List<string> featured, List<string> details, ref TitleVersions versions)
    {
        while (TryTakeLast(title, out var before, out var segment, out var isBracket))
        {
            if (!TryReadFeatured(segment, isBracket, featured))
            {
                if (!VersionWords.TryRead(ComparisonForm.Of(segment), out var kinds, out var detail))
                {
                    break;
                }

                versions |= kinds;
                if (detail.Length > 0)
                {
                    details.Add(detail);
                }
            }

            title = before;
        }

        return title;
    }

    /// <summary>Takes the last bracket or what stands behind the last dash off a title; never all of it.</summary>
    private static bool TryTakeLast(string title, out string before, out string segment, out bool isBracket)
    {
        (before, segment, isBracket) = ("", "", false);
        if (title.Length == 0)
        {
            return false;
        }

        var closing = Closing.IndexOf(title[^1], StringComparison.Ordinal);
        if (closing >= 0)
        {
            var opening = FindOpening(title, Opening[closing], title[^1]);
            if (opening > 0)
            {
                (before, segment, isBracket) = (title[..opening].TrimEnd(' ', '-', '–'), title[(opening + 1)..^1], true);
                return before.Length > 0 && segment.Length > 0;
            }
        }

        foreach (var dash in (string[])[" - ", " – ", " — "])
        {
            var at = title.LastIndexOf(dash, StringComparison.Ordinal);
            if (at > 0)
            {
                (before, segment) = (title[..at].TrimEnd(), title[(at + dash.Length)..].Trim());
                return before.Length > 0 && segment.Length > 0;
            }
        }

        return false;
    }

    /// <summary>The bracket that opens what the last character closes.</summary>
    private static int FindOpening(string title, char opening, char closing)
    {
        var depth = 0;
        for (var i = title.Length - 1; i >= 0; i--)
        {
            depth += title[i] == closing ? 1 : title[i] == opening ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool TryReadFeatured(string segment, bool isBracket, List<string> featured)
    {
        var space = segment.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0)
        {
            return false;
        }

        var word = segment[..space];
        if (!FeaturingWords.Contains(word, StringComparer.OrdinalIgnoreCase)
            && !(isBracket && word.Equals("with", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        featured.Add(segment[(space + 1)..].Trim());
        return true;
    }

    /// <summary>Takes artists off that stand behind <c>feat.</c> without a bracket, or in a bracket that is not the last thing.</summary>
    private static string TakeFeaturedFromMiddle(string title, List<string> featured)
    {
        foreach (var word in FeaturingWords)
        {
            foreach (var bracket in (char[])['(', '[', ' '])
            {
                var at = title.IndexOf($"{bracket}{word} ", StringComparison.OrdinalIgnoreCase);
                if (at <= 0)
                {
                    continue;
                }

                var start = at + word.Length + 2;
                var end = bracket == ' ' ? -1 : title.IndexOf(bracket == '(' ? ')' : ']', start);
                featured.Add((end < 0 ? title[start..] : title[start..end]).Trim());
                return end < 0
                    ? title[..at].TrimEnd()
                    : string.Concat(title.AsSpan(0, at).TrimEnd(), " ", title.AsSpan(end + 1).TrimStart());
            }
        }

        return title;
    }
}
