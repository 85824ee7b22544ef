using MusicMetadata.Catalog;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>A row of the catalog that may be the right one.</summary>
public sealed record ScoredTrack
{
    /// <summary>The row.</summary>
    public required CatalogKey Track { get; init; }

    /// <summary>How the item was understood.</summary>
    public required Interpretation Interpretation { get; init; }

    /// <summary><see cref="TitleSketch.HashOf"/> of its title's core.</summary>
    public required int TitleHash { get; init; }

    /// <summary>A hash of the artist below whom it was found.</summary>
    public required long ArtistHash { get; init; }

    /// <summary>What its title tells of the version.</summary>
    public required TitleVersions Versions { get; init; }

    /// <summary><see cref="ParsedTitle.DetailHash"/> of its title.</summary>
    public required byte DetailHash { get; init; }

    /// <summary>Length in milliseconds; before its record has been read, to two seconds.</summary>
    public required int DurationMs { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Popularity { get; init; }

    /// <summary>The sum of the log-odds of all fields; an estimate before its record has been read.</summary>
    public required double LogOdds { get; init; }

    /// <summary>The sum of the log-odds of what tells editions apart; an estimate before its record has been read.</summary>
    public required double EditionLogOdds { get; init; }

    /// <summary>The record; null before it has been read.</summary>
    public Candidate? Candidate { get; init; }

    /// <summary>How the record fits; null before it has been read.</summary>
    public Evidence? Evidence { get; init; }
}

/// <summary>A recording that may be the right one, by the row of it that fits best.</summary>
/// <param name="Rows">Its rows, the one that fits best first.</param>
/// <param name="Score">The probability that this recording is the right one.</param>
/// <param name="EditionScore">The probability that, if it is, its first row is the right one.</param>
public sealed record RecordingMatch(IReadOnlyList<ScoredTrack> Rows, double Score, double EditionScore)
{
    /// <summary>The row that fits best.</summary>
    public ScoredTrack Best => Rows[0];
}

/// <summary>Puts the rows of one recording together, and turns log-odds into probabilities.</summary>
public static class Recordings
{
    /// <summary>The recordings among some rows, the likeliest first.</summary>
    public static IReadOnlyList<RecordingMatch> Rank(IEnumerable<ScoredTrack> rows)
    {
        var groups = Group(rows);
        var odds = groups.ConvertAll(group => group.Max(row => row.LogOdds));
        var max = Math.Max(ScoringModel.Absent, odds.DefaultIfEmpty(0).Max());
        var sum = Math.Exp(ScoringModel.Absent - max) + odds.Sum(one => Math.Exp(one - max));
        return
        [
            .. groups.Select((group, i) => ToMatch(group, Math.Exp(odds[i] - max) / sum))
                .OrderByDescending(match => match.Score)
                .ThenByDescending(match => match.Best.Popularity)
                .ThenBy(match => match.Best.Track),
        ];
    }

    /// <summary>What recordings that were ranked come to.</summary>
    /// <param name="ranked">The likeliest first.</param>
    /// <param name="isComplete">Whether all that could have fitted was looked at.</param>
    /// <param name="margin">How much the first is ahead of the second.</param>
    public static MatchDecision Decide(IReadOnlyList<RecordingMatch> ranked, bool isComplete, out double margin)
    {
        var score = ranked.Count > 0 ? ranked[0].Score : 0;
        var second = ranked.Count > 1 ? ranked[1].Score : 0;
        margin = score - second;
        if (score >= ScoringModel.AcceptScore && margin >= ScoringModel.AcceptMargin)
        {
            return isComplete ? MatchDecision.Accept : MatchDecision.Review;
        }

        return margin < ScoringModel.AcceptMargin && score + second >= ScoringModel.ReviewScore ? MatchDecision.Ambiguous
            : score >= ScoringModel.ReviewScore ? MatchDecision.Review
            : MatchDecision.None;
    }

    private static List<List<ScoredTrack>> Group(IEnumerable<ScoredTrack> rows)
    {
        // A row that was found in several ways counts as it fits best.
        var distinct = rows.GroupBy(row => row.Track)
            .Select(same => same.OrderByDescending(row => row.Evidence is not null).ThenByDescending(row => row.LogOdds).First())
            .OrderByDescending(row => row.LogOdds)
            .ThenBy(row => row.Track);
        var groups = new List<List<ScoredTrack>>();
        foreach (var row in distinct)
        {
            if (groups.Find(group => AreOneRecording(group[0], row)) is { } group)
            {
                group.Add(row);
            }
            else
            {
                groups.Add([row]);
            }
        }

        return groups;
    }

    private static bool AreOneRecording(ScoredTrack left, ScoredTrack right)
    {
        const TitleVersions Unimportant = TitleVersions.Remaster | TitleVersions.Mono;
        return (left.Candidate is { Isrc.Length: > 0 } one && one.Isrc == right.Candidate?.Isrc)
            || (left.TitleHash == right.TitleHash
                && left.ArtistHash == right.ArtistHash
                && (left.Versions & ~Unimportant) == (right.Versions & ~Unimportant)
                && left.DetailHash == right.DetailHash
                && Math.Abs(left.DurationMs - right.DurationMs) <= ScoringModel.SameRecordingMs);
    }

    private static RecordingMatch ToMatch(List<ScoredTrack> rows, double score)
    {
        // Album before single before compilation is among the odds; then the earliest, the most popular, and the first in the catalog.
        var ordered = rows
            .OrderByDescending(row => Math.Round(row.EditionLogOdds, 6))
            .ThenBy(row => row.Candidate?.ReleaseDate ?? "9999", StringComparer.Ordinal)
            .ThenByDescending(row => row.Popularity)
            .ThenBy(row => row.Track)
            .ToArray();
        return new RecordingMatch(ordered, score, 1 / ordered.Sum(row => Math.Exp(row.EditionLogOdds - ordered[0].EditionLogOdds)));
    }
}
