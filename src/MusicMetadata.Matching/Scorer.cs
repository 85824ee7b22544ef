using MusicMetadata.Catalog;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>Compares an item, understood in one way, with candidates.</summary>
public sealed class Scorer
{
    /// <summary>Titles of fewer characters are whole.</summary>
    private const int MinCutLength = 20;

    private readonly MatchItem _item;
    private readonly Interpretation _interpretation;
    private readonly string[] _wholeArtists;
    private readonly string[] _singleArtists;
    private readonly string? _isrc;
    private readonly ParsedTitle? _album;
    private readonly string _albumForm;
    private readonly string _titleForm;
    private readonly uint _bigrams;

    /// <summary>Prepares the item's side of the comparison.</summary>
    public Scorer(MatchItem item, Interpretation interpretation)
    {
        (_item, _interpretation) = (item, interpretation);
        TitleHash = TitleSketch.HashOf(interpretation.Title.Core);
        _bigrams = TitleSketch.BigramsOf(interpretation.Title.Core);
        _wholeArtists = [.. interpretation.Artists.Select(ComparisonForm.OfArtist).Where(form => form.Length > 0)];
        _singleArtists = [.. interpretation.Artists.Concat(interpretation.Title.Featured).SelectMany(ArtistNames.Split)
            .Select(ComparisonForm.OfArtist).Where(form => form.Length > 0).Distinct(StringComparer.Ordinal)];
        _isrc = string.IsNullOrWhiteSpace(item.Isrc) ? null : Isrc.Canonical(item.Isrc);
        _album = string.IsNullOrWhiteSpace(item.Album) ? null : TitleParser.Parse(item.Album);
        _titleForm = ComparisonForm.Of(item.Title ?? "");
        _albumForm = _album is null ? "" : ComparisonForm.Of(item.Album!);
    }

    /// <summary>How the item was understood.</summary>
    public Interpretation Interpretation => _interpretation;

    /// <summary><see cref="TitleSketch.HashOf"/> of the title's core.</summary>
    public int TitleHash { get; }

    /// <summary>How many artists the item names.</summary>
    public int ArtistCount => _singleArtists.Length;

    /// <summary>The names that the artist may have in the index: whole texts first, then what they may be made of.</summary>
    public IEnumerable<string> ArtistForms => _wholeArtists.Concat(_singleArtists).Distinct(StringComparer.Ordinal);

    /// <summary>Compares with the record of a track.</summary>
    public Evidence Compare(Candidate candidate)
    {
        var difference = VersionDifference(candidate.Title.Versions, candidate.Title.DetailHash);
        var (title, similarity) = CompareTitle(candidate.Title.Core, difference);
        var artist = CompareArtists(candidate.Artists);
        int? delta = _item.DurationMs is { } duration && candidate.DurationMs > 0 ? Math.Abs(duration - candidate.DurationMs) : null;
        var album = CompareAlbum(candidate);
        var isrc = _isrc is null || candidate.Isrc.Length == 0 ? IsrcLevel.Absent
            : candidate.Isrc == _isrc ? IsrcLevel.Equal
            : IsrcLevel.Differs;
        var year = candidate.ReleaseDate.Length >= 4 && int.TryParse(candidate.ReleaseDate.AsSpan(0, 4), out var digits) ? digits : 0;
        return new Evidence
        {
            Title = title,
            TitleSimilarity = similarity,
            Artist = artist,
            DurationDeltaMs = delta,
            Album = album,
            Isrc = isrc,
            VersionDifference = difference,
            LogOdds = ScoringModel.Of(isrc) + Sum(title, artist, delta, difference, album, candidate.TrackNumber, candidate.Popularity),
            EditionLogOdds = EditionOdds(album, candidate.TrackNumber, candidate.DiscNumber, year, candidate.Explicit, candidate.Popularity)
                + (_interpretation.Title.Versions == candidate.Title.Versions ? 0.7 : 0)
                + (_titleForm.Length > 0 && _titleForm == candidate.TitleForm ? 1.0 : 0)
                + candidate.AlbumType switch { "album" => 0.6, "single" => 0.3, _ => 0 },
        };
    }

    /// <summary>Whether a track may have the title but for a typing error.</summary>
    public bool MayBeTitle(TrackSketch track) =>
        track.TitleBigrams != 0
        && TitleSketch.Distance(_bigrams, track.TitleBigrams, _interpretation.Title.Core.Length >= MinCutLength) is not null;

    /// <summary>Whether a title is the same but for a few letters, as far as it goes, or shares most of its words.</summary>
    /// <param name="core">The core of the title.</param>
    public bool IsSimilarTitle(string core) =>
        CompareTitle(core, TitleVersions.None).Level is TitleLevel.Exact or TitleLevel.Core or TitleLevel.Typo or TitleLevel.Weak;

    /// <summary>Compares with what the index keeps of a track, as far as that goes.</summary>
    /// <param name="track">The track.</param>
    /// <param name="artist">How the artist fits below whom it was found.</param>
    public (double LogOdds, double EditionLogOdds) Estimate(in TrackSketch track, ArtistLevel artist)
    {
        var isSameTitle = track.TitleHash == TitleHash;
        var difference = VersionDifference(track.Versions, track.DetailHash);
        var title = !isSameTitle || _interpretation.IsShortened ? TitleLevel.Typo : LevelOfSame(difference);
        int? delta = _item.DurationMs is { } duration && track.DurationMs > 0 ? Math.Abs(duration - track.DurationMs) : null;
        var album = _album is null || !track.IsPrimary ? AlbumLevel.Missing
            : TitleSketch.HashOfAlbum(_album.Core) == track.AlbumHash ? AlbumLevel.Core
            : AlbumLevel.Differs;
        var edition = track.IsPrimary
            ? EditionOdds(album, track.TrackNumber, track.DiscNumber, track.Year, track.Explicit, track.Popularity)
            : 0;
        var distance = isSameTitle ? 0 : TitleSketch.Distance(_bigrams, track.TitleBigrams, isLong: false) ?? 7;
        return (
            Sum(title, artist, delta, difference, album, track.TrackNumber, track.Popularity) - (0.2 * distance),
            edition + (_interpretation.Title.Versions == track.Versions ? 0.7 : 0));
    }

    private static TitleLevel LevelOfSame(TitleVersions difference) =>
        difference == TitleVersions.None ? TitleLevel.Exact : TitleLevel.Core;

    private double Sum(
        TitleLevel title, ArtistLevel artist, int? delta, TitleVersions difference, AlbumLevel album, int number, int popularity) =>
        ScoringModel.Of(title)
        + ScoringModel.Of(artist)
        + ScoringModel.OfDuration(delta)
        + ScoringModel.OfVersion(difference)
        + ScoringModel.Of(album)
        + (album is AlbumLevel.Exact or AlbumLevel.Core && _item.TrackNumber is { } given ? ScoringModel.OfNumber(given == number) : 0)
        + (ScoringModel.MaxPopularity * popularity / 100);

    private TitleVersions VersionDifference(TitleVersions versions, byte detailHash)
    {
        var mine = _interpretation.Title;
        var difference = mine.Versions ^ versions;

        // Two remixes by two people; two concerts may be the same one, named by the hall or by the city.
        const TitleVersions Named = TitleVersions.Remix | TitleVersions.Alternate | TitleVersions.Edit;
        if ((mine.Versions & versions & Named) != 0 && mine.DetailHash != 0 && detailHash != 0 && mine.DetailHash != detailHash)
        {
            difference |= mine.Versions & versions & Named;
        }

        return difference;
    }

    private (TitleLevel Level, double Similarity) CompareTitle(string other, TitleVersions difference)
    {
        var mine = _interpretation.Title.Core;
        if (mine.Length == 0)
        {
            return (TitleLevel.Missing, 0);
        }

        if (mine == other)
        {
            return (_interpretation.IsShortened ? TitleLevel.Typo : LevelOfSame(difference), 1);
        }

        // "Satisfaction" without its bracket, or with the space left out.
        if (mine.Replace(" ", "", StringComparison.Ordinal) == other.Replace(" ", "", StringComparison.Ordinal))
        {
            return (TitleLevel.Core, 1);
        }

        if (ComparisonForm.AreOfOtherScripts(mine, other))
        {
            return (TitleLevel.OtherScript, 0);
        }

        var longest = Math.Max(mine.Length, other.Length);
        var limit = EditDistance.LimitFor(longest);
        var distance = EditDistance.Between(mine, other, Math.Max(limit, longest / 2));
        var similarity = Math.Max(0, 1 - ((double)distance / longest));
        if (distance <= limit && HasSameNumbers(mine, other))
        {
            return (TitleLevel.Typo, similarity);
        }

        // Fields of 30 characters cut titles short.
        var shortest = Math.Min(mine.Length, other.Length);
        if (shortest >= MinCutLength
            && (other.StartsWith(mine, StringComparison.Ordinal) || mine.StartsWith(other, StringComparison.Ordinal)))
        {
            return (TitleLevel.Typo, (double)shortest / longest);
        }

        var shared = SharedWords(mine, other);
        return shared >= 0.6 && HasSameNumbers(mine, other) ? (TitleLevel.Weak, shared) : (TitleLevel.Clash, similarity);
    }

    private ArtistLevel CompareArtists(IReadOnlyList<string> credits)
    {
        if (_wholeArtists.Length == 0)
        {
            return ArtistLevel.Missing;
        }

        var matched = credits.Select(credit => _wholeArtists.Contains(credit) || _singleArtists.Contains(credit)).ToArray();
        if (matched.Contains(true))
        {
            var areAllCredited = matched.All(found => found);
            var areAllFound = _wholeArtists.All(whole => credits.Contains(whole) || ArtistNames.Split(whole).Length > 1)
                && (_singleArtists.All(credits.Contains) || _wholeArtists.All(credits.Contains));
            return areAllCredited && areAllFound ? ArtistLevel.All : matched[0] ? ArtistLevel.Primary : ArtistLevel.Any;
        }

        var names = _wholeArtists.Concat(_singleArtists).ToArray();
        foreach (var credit in credits)
        {
            foreach (var name in names)
            {
                var limit = EditDistance.LimitFor(Math.Min(name.Length, credit.Length));
                if (EditDistance.Between(name, credit, limit) <= limit
                    || name.Replace(" ", "", StringComparison.Ordinal) == credit.Replace(" ", "", StringComparison.Ordinal))
                {
                    return ArtistLevel.Typo;
                }
            }
        }

        return credits.Any(credit => names.Any(name => ComparisonForm.AreOfOtherScripts(name, credit)))
            ? ArtistLevel.OtherScript
            : ArtistLevel.Clash;
    }

    private AlbumLevel CompareAlbum(Candidate candidate)
    {
        if (_album is null || candidate.Album.Length == 0)
        {
            return AlbumLevel.Missing;
        }

        if (candidate.Album == _albumForm)
        {
            return AlbumLevel.Exact;
        }

        var (mine, other) = (_album.Core, candidate.AlbumCore);
        if (mine == other)
        {
            return AlbumLevel.Core;
        }

        var limit = EditDistance.LimitFor(Math.Max(mine.Length, other.Length));
        var isWithin = Math.Min(mine.Length, other.Length) >= 4
            && (other.Contains(mine, StringComparison.Ordinal) || mine.Contains(other, StringComparison.Ordinal));
        return isWithin || EditDistance.Between(mine, other, limit) <= limit ? AlbumLevel.Near : AlbumLevel.Differs;
    }

    private double EditionOdds(AlbumLevel album, int trackNumber, int discNumber, int year, bool isExplicit, int popularity)
    {
        var odds = album switch
        {
            AlbumLevel.Exact => 4.0,
            AlbumLevel.Core => 2.5,
            AlbumLevel.Near => 1.0,
            _ => 0,
        };
        odds += _item.TrackNumber is { } number ? number == trackNumber ? 2.0 : -1.5 : 0;
        odds += _item.DiscNumber is { } disc ? disc == discNumber ? 0.5 : -1.0 : 0;
        odds += _item.Year is { } given && year > 0 ? Math.Abs(given - year) switch { 0 => 1.5, 1 => 0.3, _ => -0.7 } : 0;
        odds += _item.Explicit is { } marked ? marked == isExplicit ? 1.0 : -1.0 : 0;
        return odds + (0.3 * popularity / 100);
    }

    /// <summary>Movements and volumes differ in their numbers alone.</summary>
    private static bool HasSameNumbers(string left, string right) => NumbersOf(left).SequenceEqual(NumbersOf(right));

    private static IEnumerable<string> NumbersOf(string form) =>
        form.Split(' ').Where(word =>
            (word.Length > 0 && char.IsAsciiDigit(word[0])) || word is "ii" or "iii" or "iv" or "v" or "vi" or "vii" or "viii" or "ix");

    private static double SharedWords(string left, string right)
    {
        var (mine, other) = (left.Split(' '), right.Split(' '));
        var shared = mine.Intersect(other).Count();
        return (double)shared / mine.Union(other).Count();
    }
}
