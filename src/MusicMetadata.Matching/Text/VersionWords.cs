using System.Collections.Frozen;

namespace MusicMetadata.Matching.Text;

/// <summary>The words by which titles tell versions, in the languages in which catalogs have them.</summary>
internal static class VersionWords
{
    /// <summary>Words, in their comparison form, that tell a version by themselves.</summary>
    private static readonly FrozenDictionary<string, TitleVersions> Words = new (TitleVersions Version, string Words)[]
    {
        (TitleVersions.Remaster, "remaster remastered remastering remasterizado remasterizada remasterise rimasterizzato remasterisee"),
        (TitleVersions.Mono, "mono stereo"),
        (TitleVersions.Live, "live unplugged session sessions concert"),
        (TitleVersions.Remix, "remix remixed rmx mix rework reworked refix bootleg dub vip flip"),
        (TitleVersions.Acoustic, "acoustic acustico acustica akustik acoustique stripped"),
        (TitleVersions.Instrumental, "instrumental instrumentals instrumentale"),
        (TitleVersions.Karaoke, "karaoke playback"),
        (TitleVersions.Cover, "cover tribute"),
        (TitleVersions.Demo, "demo demos outtake rehearsal"),
        (TitleVersions.Speed, "sped slowed nightcore"),
        (TitleVersions.Edit, "edit radio single short"),
        (TitleVersions.Extended, "extended club long"),
        (TitleVersions.Mixed, "mixed"),
        (TitleVersions.Alternate, "version versao alternate alternative rerecorded take reprise"),
    }.SelectMany(kind => kind.Words.Split(' ').Select(word => (word, kind.Version)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Version);

    /// <summary>Several words that tell a version together.</summary>
    private static readonly (string Phrase, TitleVersions Version)[] Phrases =
    [
        ("en vivo", TitleVersions.Live),
        ("ao vivo", TitleVersions.Live),
        ("en directo", TitleVersions.Live),
        ("dal vivo", TitleVersions.Live),
        ("en concert", TitleVersions.Live),
        ("in the style of", TitleVersions.Karaoke),
        ("originally performed by", TitleVersions.Karaoke),
        ("made famous by", TitleVersions.Karaoke),
        ("backing track", TitleVersions.Karaoke),
        ("speed up", TitleVersions.Speed),
        ("re recorded", TitleVersions.Alternate),
    ];

    /// <summary>Words that name no version of their own, and do not tell two of one kind apart.</summary>
    private static readonly FrozenSet<string> Neutral =
        ("the a an at in from on of for and by with to original album version versao bonus track edition deluxe anniversary explicit "
            + "clean up digital digitally new full en ao dal vivo directo hd re recorded style originally performed made famous backing "
            + "reverb de la")
        .Split(' ').ToFrozenSet();

    /// <summary>What a bracket, or what stands behind a dash, tells of the version.</summary>
    /// <param name="segment">Its comparison form.</param>
    /// <param name="versions">The kinds.</param>
    /// <param name="detail">What tells it from others of the same kinds, such as the name of the remixer; mostly empty.</param>
    /// <returns>Whether it tells anything: otherwise it is a part of the title.</returns>
    public static bool TryRead(string segment, out TitleVersions versions, out string detail)
    {
        versions = TitleVersions.None;
        var words = segment.Split(' ');
        var isNeutral = true;
        foreach (var word in words)
        {
            versions |= Find(word);
            isNeutral &= Neutral.Contains(word) || IsYear(word);
        }

        foreach (var (phrase, version) in Phrases)
        {
            if (segment.Contains(phrase, StringComparison.Ordinal))
            {
                versions |= version;
            }
        }

        detail = string.Join(
            ' ',
            words.Where(word => Find(word) == TitleVersions.None && !Neutral.Contains(word) && !IsYear(word))
                .Order(StringComparer.Ordinal));
        versions = Simplify(versions, words, detail);
        return versions != TitleVersions.None
            || (isNeutral && words.Any(word => word is "version" or "mix" or "edition" or "bonus" or "explicit" or "clean"));
    }

    /// <summary>Whether a word is a year in which something can have been recorded.</summary>
    public static bool IsYear(string word) => word.Length == 4 && int.TryParse(word, out var year) && year is >= 1900 and < 2100;

    /// <summary>What a word tells, also one with a typing error if it is so long that no other word is that near.</summary>
    private static TitleVersions Find(string word)
    {
        const int MinLength = 8;
        if (Words.TryGetValue(word, out var version) || word.Length < MinLength - 1)
        {
            return version;
        }

        foreach (var (known, kind) in Words)
        {
            if (known.Length >= MinLength && EditDistance.Between(word, known, 1) <= 1)
            {
                return kind;
            }
        }

        return TitleVersions.None;
    }

    /// <summary>
    /// Leaves out kinds that others of the same segment explain: an "extended mix" and a "radio edit" are nobody's remix.
    /// </summary>
    private static TitleVersions Simplify(TitleVersions versions, string[] words, string detail)
    {
        var isOriginal = words.Contains("original") || words.Contains("album");
        if (versions.HasFlag(TitleVersions.Remix) && !words.Contains("remix") && detail.Length == 0
            && (isOriginal || (versions & (TitleVersions.Extended | TitleVersions.Edit | TitleVersions.Mono)) != 0))
        {
            versions &= ~TitleVersions.Remix;
        }

        if (versions == TitleVersions.Alternate)
        {
            return isOriginal && detail.Length == 0 ? TitleVersions.None : versions;
        }

        return versions & ~TitleVersions.Alternate;
    }
}
