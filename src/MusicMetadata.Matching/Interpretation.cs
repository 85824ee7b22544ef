using System.Text;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>One way to understand what a file says: which text is the title, and which are artists.</summary>
/// <param name="Title">The title taken apart.</param>
/// <param name="Artists">The artists as they are written; none when they are unknown.</param>
/// <param name="IsSwapped">Whether the file has them the other way round.</param>
/// <param name="IsShortened">Whether a part of the title was left out that nobody knows what it says.</param>
public sealed record Interpretation(
    ParsedTitle Title, IReadOnlyList<string> Artists, bool IsSwapped = false, bool IsShortened = false)
{
    private const string Dash = " - ";

    /// <summary>That of an item which has only codes.</summary>
    public static Interpretation Empty { get; } = new(TitleParser.Parse(""), []);

    /// <summary>The ways to understand an item, the likeliest first; none when it has no title.</summary>
    public static IReadOnlyList<Interpretation> Of(MatchItem item)
    {
        var found = new List<Interpretation>();
        var (title, text) = (Space(item.Title ?? ""), Space(item.Text ?? ""));
        var named = item.Artists.Select(Space).ToArray();
        var artists = Array.FindAll(named, artist => !ArtistNames.IsUnknown(artist));
        Add(found, title, text, artists);

        // Few texts look like a wrong encoding and are none, so the item is tried as it is first.
        var (otherTitle, otherText) = (Space(Repair(item.Title ?? "")), Space(Repair(item.Text ?? "")));
        var others = item.Artists.Select(artist => Space(Repair(artist))).Where(artist => !ArtistNames.IsUnknown(artist)).ToArray();
        if (otherTitle != title || otherText != text || !others.SequenceEqual(artists))
        {
            Add(found, otherTitle, otherText, others);
        }

        // Somebody may really be called None.
        if (artists.Length < named.Length && Array.Exists(named, artist => artist.Length > 0))
        {
            Add(found, title, text, named);
        }

        return found;
    }

    private static void Add(List<Interpretation> found, string title, string text, string[] artists)
    {
        if (title.Length > 0 && !RippedTitle.IsPlaceholder(title))
        {
            AddTitle(found, title, artists);
            if (WithoutNumber(title) is { } rest)
            {
                AddTitle(found, rest, artists);
                AddShortened(found, rest, artists);
            }

            if (artists.Length == 1)
            {
                found.Add(new Interpretation(TitleParser.Parse(WithoutNumber(artists[0]) ?? artists[0]), [title], IsSwapped: true));
            }

            AddShortened(found, title, artists);
        }

        if (text.Length > 0)
        {
            AddTitle(found, WithoutNumber(text) ?? text, []);
        }
    }

    /// <summary>Adds a title as it is, and, where it may hold the artist too, taken apart at each dash.</summary>
    private static void AddTitle(List<Interpretation> found, string title, string[] artists)
    {
        found.Add(new Interpretation(TitleParser.Parse(title), artists));
        for (var at = title.IndexOf(Dash, StringComparison.Ordinal); at > 0; at = title.IndexOf(Dash, at + 1, StringComparison.Ordinal))
        {
            var (before, behind) = (title[..at].Trim(), title[(at + Dash.Length)..].Trim());
            if (before.Length == 0 || behind.Length == 0)
            {
                continue;
            }

            // With artists of its own the title holds them once more, or holds a dash.
            var isRepeated = artists.Any(artist => ComparisonForm.OfArtist(artist) == ComparisonForm.OfArtist(before));
            if (artists.Length == 0 || isRepeated)
            {
                var names = artists.Length == 0 ? new[] { before } : artists;
                found.Add(new Interpretation(TitleParser.Parse(behind), names));
                if (WithoutNumber(behind) is { } rest)
                {
                    found.Add(new Interpretation(TitleParser.Parse(rest), names));
                }

                AddShortened(found, behind, names);
            }

            if (artists.Length == 0)
            {
                found.Add(new Interpretation(TitleParser.Parse(before), [behind], IsSwapped: true));
            }
        }
    }

    /// <summary>
    /// Adds a title without its last part when nobody knows what that says: a misspelt version, or a bracket that was cut off.
    /// </summary>
    private static void AddShortened(List<Interpretation> found, string title, string[] artists)
    {
        if (artists.Length > 0 && TitleParser.ParseShortened(title) is { } shortened)
        {
            found.Add(new Interpretation(shortened, artists, IsShortened: true));
        }
    }

    /// <summary>A title without the number of the track in front of it; null when there is none.</summary>
    private static string? WithoutNumber(string title) => RippedTitle.NumberLength(title) is > 0 and var length ? title[length..] : null;

    /// <summary>A text with spaces where names of files have underscores instead.</summary>
    private static string Space(string text)
    {
        var trimmed = text.Trim();
        return trimmed.AsSpan().Count('_') > trimmed.AsSpan().Count(' ') ? trimmed.Replace('_', ' ').Trim() : trimmed;
    }

    /// <summary>Text in UTF-8 that somebody read as Latin-1 or Windows-1252, read rightly; any other text as it is.</summary>
    private static string Repair(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u00C2', '\u00F4') || text.Length > 1000)
        {
            return text;
        }

        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var at = text[i] < 0x100 ? text[i] : 0x80 + Windows1252.IndexOf(text[i], StringComparison.Ordinal);
            if (at < 0x80 && text[i] >= 0x100)
            {
                return text;
            }

            bytes[i] = (byte)at;
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What Windows-1252 has from 0x80 to 0x9F.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
}
