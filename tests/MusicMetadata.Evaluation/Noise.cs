using System.Globalization;
using System.Text;
using MusicMetadata.Import.Demo.Invention;

namespace MusicMetadata.Evaluation;

/// <summary>What goes wrong with tags.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Percent">How often it happens to an item.</param>
/// <param name="Apply">Makes it happen; false when it cannot happen to the item.</param>
internal sealed record Noise(string Name, int Percent, Func<Draft, Truth, Random, bool> Apply)
{
    /// <summary>All kinds, in the order in which they happen.</summary>
    public static readonly Noise[] All =
    [
        new("featured artist moved, dropped or added", 12, MoveFeatured),
        new("remaster or year suffix on or off", 12, ToggleRemaster),
        new("live or remix words lost", 3, DropVersion),
        new("artists joined or in another order", 8, JoinArtists),
        new("case, punctuation, diacritics", 30, ChangeForm),
        new("one typo", 6, (draft, _, random) => AddTypo(draft, random)),
        new("two typos", 1, (draft, _, random) => AddTypo(draft, random) && AddTypo(draft, random)),
        new("transliterated", 3, Transliterate),
        new("cut at 30 characters, or mojibake", 2, CutOrGarble),
        new("album of another edition", 15, ChangeEdition),
        new("album missing", 25, (draft, _, _) => Change(draft.Album, draft.Album = null)),
        new("duration ± 1 s", 60, (draft, _, random) => Shift(draft, random, 1_000)),
        new("duration ± 3 s", 10, (draft, _, random) => Shift(draft, random, 3_000)),
        new("duration ± 15 s", 2, (draft, _, random) => Shift(draft, random, 15_000)),
        new("duration missing", 15, (draft, _, _) => Change(draft.DurationMs, draft.DurationMs = null)),
        new("ISRC given", 25, (draft, _, _) => draft.Row.Isrc.Length > 0 && Change(draft.Isrc, draft.Isrc = draft.Row.Isrc)),
        new("ISRC wrong", 1, (draft, truth, random) => Change(draft.Isrc, draft.Isrc = truth.Rows[random.Next(truth.Rows.Count)].Isrc)),
        new("\"01 - \" in front", 3, (draft, _, random) => Change(draft.Title, draft.Title = Prefix(draft, random) + draft.Title)),
        new("artist and title in one field", 4, JoinFields),
        new("artist and title swapped", 1, SwapFields),
    ];

    /// <summary>Adds each noise as often as it happens.</summary>
    public static Draft Mix(Draft draft, Truth truth, Random random)
    {
        draft.TrackNumber = random.Next(100) < 50 ? draft.TrackNumber : null;
        foreach (var noise in All)
        {
            if (random.Next(100) < noise.Percent)
            {
                _ = noise.Apply(draft, truth, random);
            }
        }

        return draft;
    }

    private static bool Change<T>(T before, T after) => !EqualityComparer<T>.Default.Equals(before, after);

    private static string Prefix(Draft draft, Random random) => random.Next(3) switch
    {
        0 => $"{draft.Row.TrackNumber:00} - ",
        1 => $"{draft.Row.TrackNumber:00}. ",
        _ => $"{draft.Row.TrackNumber:00} ",
    };

    private static bool Shift(Draft draft, Random random, int milliseconds)
    {
        draft.DurationMs += random.Next(-milliseconds, milliseconds + 1);
        return draft.DurationMs is not null;
    }

    private static bool MoveFeatured(Draft draft, Truth truth, Random random)
    {
        var title = draft.Title;
        var at = title.IndexOf(" (feat. ", StringComparison.Ordinal);
        at = at < 0 ? title.IndexOf(" (with ", StringComparison.Ordinal) : at;
        var end = at < 0 ? -1 : title.IndexOf(')', at);
        if (end > 0)
        {
            // Out of the title: into the artist's field, or nowhere.
            var name = title[(title.IndexOf(' ', at + 2) + 1)..end];
            draft.Title = title[..at] + title[(end + 1)..];
            if (random.Next(2) == 0 && draft.Artists.Count > 0)
            {
                draft.Artists[0] += " feat. " + name;
                _ = draft.Artists.Remove(name);
            }

            return true;
        }

        if (draft.Artists.Count > 1)
        {
            // Out of the artists: into the title, or nowhere.
            var last = draft.Artists[^1];
            draft.Artists.RemoveAt(draft.Artists.Count - 1);
            draft.Title += random.Next(3) switch { 0 => "", 1 => $" (feat. {last})", _ => $" ft. {last}" };
            return true;
        }

        draft.Title += $" (feat. {truth.Artist(random.Next(truth.ArtistCount))})";
        return true;
    }

    private static bool ToggleRemaster(Draft draft, Truth truth, Random random)
    {
        var suffix = draft.Title[Math.Min(draft.Row.TitleLength, draft.Title.Length)..];
        if (suffix.Contains("Remaster", StringComparison.Ordinal))
        {
            draft.Title = draft.Title[..draft.Row.TitleLength];
            return true;
        }

        var year = random.Next(1985, 2025);
        draft.Title += random.Next(4) switch
        {
            0 => $" - Remastered {year}",
            1 => $" ({year} Remaster)",
            2 => " [Remastered]",
            _ => $" - {year} Remastered Version",
        };
        return true;
    }

    private static bool DropVersion(Draft draft, Truth truth, Random random)
    {
        var words = draft.Row.Version is not (VersionKind.None or VersionKind.Cover) ? draft.Row.Name[draft.Row.TitleLength..] : "";
        return words.Length > 0 && Change(draft.Title, draft.Title = draft.Title.Replace(words, "", StringComparison.Ordinal));
    }

    private static bool JoinArtists(Draft draft, Truth truth, Random random)
    {
        if (draft.Artists.Count < 2)
        {
            return false;
        }

        if (random.Next(2) == 0)
        {
            draft.Artists.Reverse();
        }

        var separator = random.Next(6) switch { 0 => " & ", 1 => " and ", 2 => ", ", 3 => " / ", 4 => "; ", _ => " feat. " };
        var joined = string.Join(separator, draft.Artists);
        draft.Artists.Clear();
        draft.Artists.Add(joined);
        return true;
    }

    private static bool ChangeForm(Draft draft, Truth truth, Random random)
    {
        Func<string, string> change = random.Next(5) switch
        {
            0 => text => text.ToUpperInvariant(),
            1 => text => text.ToLowerInvariant(),
            2 => text => string.Concat(text.Normalize(NormalizationForm.FormD)
                .Where(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark || letter > '\u0370')),
            3 => text => text.Replace(" ", "_", StringComparison.Ordinal),
            _ => text => text.Replace("(", "[", StringComparison.Ordinal).Replace(")", "]", StringComparison.Ordinal)
                .Replace("'", "’", StringComparison.Ordinal).Replace(" - ", " – ", StringComparison.Ordinal),
        };
        var before = draft.Title;
        draft.Title = change(draft.Title);
        for (var i = 0; i < draft.Artists.Count; i++)
        {
            draft.Artists[i] = change(draft.Artists[i]);
        }

        draft.Album = draft.Album is null ? null : change(draft.Album);
        return draft.Title != before;
    }

    private static bool AddTypo(Draft draft, Random random)
    {
        if (draft.Artists.Count > 0 && random.Next(3) == 0)
        {
            var which = random.Next(draft.Artists.Count);
            return Change(draft.Artists[which], draft.Artists[which] = Typo(draft.Artists[which], random));
        }

        return Change(draft.Title, draft.Title = Typo(draft.Title, random));
    }

    private static string Typo(string text, Random random)
    {
        var letters = Enumerable.Range(0, text.Length).Where(i => char.IsLetter(text[i])).ToArray();
        if (letters.Length < 3)
        {
            return text;
        }

        var at = letters[random.Next(letters.Length)];
        var other = letters[random.Next(letters.Length)];
        return random.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[other].ToString().ToLowerInvariant()),
            2 when at + 1 < text.Length && !char.IsSurrogate(text[at + 1]) => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            _ => text[..at] + text[other] + text[(at + 1)..],
        };
    }

    private static bool Transliterate(Draft draft, Truth truth, Random random)
    {
        var before = draft.Title;
        draft.Title = Transliteration.Of(draft.Title);
        for (var i = 0; i < draft.Artists.Count; i++)
        {
            draft.Artists[i] = Transliteration.Of(draft.Artists[i]);
        }

        return draft.Title != before;
    }

    private static bool CutOrGarble(Draft draft, Truth truth, Random random)
    {
        if (random.Next(2) == 0)
        {
            Func<string, string> cut = text => text.Length <= 30 ? text : text[..(char.IsHighSurrogate(text[29]) ? 29 : 30)];
            draft.Album = draft.Album is null ? null : cut(draft.Album);
            return Change(draft.Title, draft.Title = cut(draft.Title));
        }

        for (var i = 0; i < draft.Artists.Count; i++)
        {
            draft.Artists[i] = Garble(draft.Artists[i]);
        }

        return Change(draft.Title, draft.Title = Garble(draft.Title));
    }

    private static string Garble(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static bool ChangeEdition(Draft draft, Truth truth, Random random)
    {
        if (draft.Album is null)
        {
            return false;
        }

        var others = truth.Recordings[draft.Row.Recording].Where(row => row.Album.Name != draft.Row.Album.Name).ToArray();
        draft.Album = others.Length > 0 ? others[random.Next(others.Length)].Album.Name
            : draft.Album + random.Next(3) switch { 0 => " (Deluxe Edition)", 1 => " [Remastered]", _ => " - Single" };
        return true;
    }

    private static bool JoinFields(Draft draft, Truth truth, Random random)
    {
        if (draft.Artists.Count == 0)
        {
            return false;
        }

        var joined = $"{draft.Artists[0]} - {draft.Title}";
        draft.Artists.Clear();
        (draft.Title, draft.Text) = (joined, random.Next(2) == 0 ? joined : null);
        return true;
    }

    private static bool SwapFields(Draft draft, Truth truth, Random random)
    {
        if (draft.Artists.Count != 1)
        {
            return false;
        }

        (draft.Title, draft.Artists[0]) = (draft.Artists[0], draft.Title);
        return true;
    }
}
