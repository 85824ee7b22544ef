using MusicMetadata.Matching;

namespace MusicMetadata.Evaluation;

/// <summary>An item with the answer to it.</summary>
/// <param name="Row">What the item was made from.</param>
/// <param name="Item">The item.</param>
/// <param name="Result">The matcher's answer.</param>
/// <param name="Reads">How much was read for it.</param>
internal sealed record Outcome(TruthRow Row, MatchItem Item, MatchResult Result, int Reads)
{
    /// <summary>Its best row; null when there is none.</summary>
    public TruthRow? Best { get; init; }

    public bool IsRight => Best?.Recording == Row.Recording;

    public bool IsAccepted => Result.Decision == MatchDecision.Accept;

    public double Score => Result.Matches is [var best, ..] ? best.Score : 0;
}

/// <summary>Figures of many answers.</summary>
internal static class Outcomes
{
    public static double RightFirst(IReadOnlyCollection<Outcome> outcomes) => Share(outcomes, outcome => outcome.IsRight);

    public static double Accepted(IReadOnlyCollection<Outcome> outcomes) => Share(outcomes, outcome => outcome.IsAccepted);

    public static double Precision(IReadOnlyCollection<Outcome> outcomes) =>
        Share([.. outcomes.Where(outcome => outcome.IsAccepted)], outcome => outcome.IsRight);

    public static double Share<T>(IReadOnlyCollection<T> all, Func<T, bool> which) =>
        all.Count == 0 ? double.NaN : (double)all.Count(which) / all.Count;

    public static T Percentile<T>(IEnumerable<T> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
