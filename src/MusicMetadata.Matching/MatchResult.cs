namespace MusicMetadata.Matching;

/// <summary>The answer to one item.</summary>
/// <param name="Decision">What it comes to.</param>
/// <param name="Margin">How much the best recording is ahead of the next, 0 to 1.</param>
/// <param name="IsComplete">
/// Whether all that could have fitted was looked at; false when a bound on the work ended the search before.
/// </param>
/// <param name="Interpretation">How the item was understood; null when nothing in it could be.</param>
/// <param name="Matches">The recordings that may be the right one, the likeliest first.</param>
public sealed record MatchResult(
    MatchDecision Decision, double Margin, bool IsComplete, Interpretation? Interpretation, IReadOnlyList<RecordingMatch> Matches);
