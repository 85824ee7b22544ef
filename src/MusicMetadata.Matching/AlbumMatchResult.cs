namespace MusicMetadata.Matching;

/// <summary>The answer to a folder of files.</summary>
/// <param name="Decision">What it comes to.</param>
/// <param name="Score">The probability that the best album, in whatever edition, is the right one.</param>
/// <param name="EditionScore">The probability that, if it is, this edition is.</param>
/// <param name="Margin">How much it is ahead of the best other album, 0 to 1.</param>
/// <param name="IsComplete">Whether all that could have fitted was looked at.</param>
/// <param name="Best">The album that fits best; null when none does.</param>
/// <param name="Editions">Other editions of it, the likeliest first.</param>
public sealed record AlbumMatchResult(
    MatchDecision Decision,
    double Score,
    double EditionScore,
    double Margin,
    bool IsComplete,
    ScoredAlbum? Best,
    IReadOnlyList<ScoredAlbum> Editions)
{
    /// <summary>What albums that were compared come to.</summary>
    /// <param name="albums">The albums.</param>
    /// <param name="isComplete">Whether all that could have fitted was looked at.</param>
    public static AlbumMatchResult Of(IReadOnlyList<ScoredAlbum> albums, bool isComplete)
    {
        var groups = albums
            .GroupBy(album => (album.Candidate.Core, album.Candidate.Artists is [var first, ..] ? first : ""))
            .Select(group => group
                .OrderByDescending(album => Math.Round(album.LogOdds, 6))
                .ThenBy(album => album.Candidate.ReleaseDate, StringComparer.Ordinal)
                .ThenBy(album => album.Candidate.Album)
                .ToArray())
            .OrderByDescending(group => group[0].LogOdds)
            .ThenBy(group => group[0].Candidate.Album)
            .ToArray();
        if (groups.Length == 0)
        {
            return new AlbumMatchResult(MatchDecision.None, 0, 0, 0, isComplete, null, []);
        }

        var max = Math.Max(ScoringModel.Absent, groups[0][0].LogOdds);
        var sum = Math.Exp(ScoringModel.Absent - max) + groups.Sum(group => Math.Exp(group[0].LogOdds - max));
        var score = Math.Exp(groups[0][0].LogOdds - max) / sum;
        var second = groups.Length > 1 ? Math.Exp(groups[1][0].LogOdds - max) / sum : 0;
        var best = groups[0];
        var margin = score - second;
        var decision = score >= ScoringModel.AcceptScore && margin >= ScoringModel.AcceptMargin
            ? isComplete ? MatchDecision.Accept : MatchDecision.Review
            : margin < ScoringModel.AcceptMargin && score + second >= ScoringModel.ReviewScore ? MatchDecision.Ambiguous
            : score >= ScoringModel.ReviewScore ? MatchDecision.Review
            : MatchDecision.None;
        var edition = 1 / best.Sum(album => Math.Exp(album.LogOdds - best[0].LogOdds));
        return new AlbumMatchResult(decision, score, edition, margin, isComplete, best[0], best[1..]);
    }
}
