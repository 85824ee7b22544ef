using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>
/// What each level of each field says for or against a candidate, in natural logarithms of odds. Fitted on invented catalogs and checked on
/// others, whose artists have nothing in common with the first (<c>scripts/evaluate-match</c>); whatever is changed here gets a new number.
/// </summary>
public static class ScoringModel
{
    /// <summary>Names these figures in answers, so that scores of two servers can be told to be comparable.</summary>
    public const string Number = "1";

    /// <summary>For that the recording is not in the catalog at all.</summary>
    public const double Absent = 7;

    /// <summary>From this score on a match is accepted.</summary>
    public const double AcceptScore = 0.95;

    /// <summary>By this much the score of the best other recording must be less for that.</summary>
    public const double AcceptMargin = 0.15;

    /// <summary>From this score on a match is worth looking at.</summary>
    public const double ReviewScore = 0.5;

    /// <summary>Rows of one artist, title and version whose lengths differ by no more than this are one recording.</summary>
    public const int SameRecordingMs = 3000;

    /// <summary>What popularity, 0 to 100, can add at most: less than the smallest difference that a field can make.</summary>
    public const double MaxPopularity = 0.2;

    private const TitleVersions Minor = TitleVersions.Remaster | TitleVersions.Mono;
    private const TitleVersions Medium = TitleVersions.Edit | TitleVersions.Extended | TitleVersions.Mixed;

    /// <summary>For a title.</summary>
    public static double Of(TitleLevel level) => level switch
    {
        TitleLevel.Exact => 5.5,
        TitleLevel.Core => 4.8,
        TitleLevel.Typo => 3.0,
        TitleLevel.Weak => 0.5,
        TitleLevel.OtherScript => -1,
        TitleLevel.Missing => 0,
        _ => -4.5,
    };

    /// <summary>For artists.</summary>
    public static double Of(ArtistLevel level) => level switch
    {
        ArtistLevel.All => 4.5,
        ArtistLevel.Primary => 4.0,
        ArtistLevel.Any => 3.0,
        ArtistLevel.Typo => 2.5,
        ArtistLevel.Missing => 0,
        ArtistLevel.OtherScript => -1,
        _ => -4.5,
    };

    /// <summary>For an album.</summary>
    public static double Of(AlbumLevel level) => level switch
    {
        AlbumLevel.Exact => 2.0,
        AlbumLevel.Core => 1.5,
        AlbumLevel.Near => 0.8,
        AlbumLevel.Missing => 0,
        _ => -0.7,
    };

    /// <summary>For an ISRC.</summary>
    public static double Of(IsrcLevel level) => level switch
    {
        IsrcLevel.Equal => 11,
        IsrcLevel.Differs => -0.5,
        _ => 0,
    };

    /// <summary>For a length.</summary>
    public static double OfDuration(int? deltaMs) => deltaMs switch
    {
        null => 0,
        < 0 => OfDuration(-deltaMs),
        <= 2_000 => 2.6,
        <= 5_000 => 1.2,
        <= 10_000 => -0.5,
        <= 30_000 => -2.5,
        _ => -5.5,
    };

    /// <summary>For the number of a track on an album that fits: it tells songs of one album apart, and their versions.</summary>
    public static double OfNumber(bool isSame) => isSame ? 1.5 : -1.5;

    /// <summary>For the kinds of version in which the two differ.</summary>
    public static double OfVersion(TitleVersions difference) => difference switch
    {
        TitleVersions.None => 0.8,
        _ when (difference & ~Minor) == 0 => -0.3,
        _ when (difference & ~(Minor | Medium)) == 0 => -2.0,
        _ => -4.2,
    };
}
