using MusicMetadata.Catalog;
using MusicMetadata.Matching;

namespace MusicMetadata.Evaluation;

/// <summary>How another program would choose among the candidates that the matcher found, written anew from how it is described.</summary>
internal abstract class Peer
{
    public abstract string Name { get; }

    /// <summary>The row that it takes, and whether it would without asking anybody.</summary>
    /// <param name="item">The item. Artist and title in one field are taken apart at the first dash, as all of them can.</param>
    /// <param name="candidates">Rows, the most popular first.</param>
    /// <param name="truth">What rows are.</param>
    public abstract (TruthRow? Row, bool IsAccepted) Choose(MatchItem item, IReadOnlyList<TruthRow> candidates, Truth truth);

    /// <summary>All of them.</summary>
    public static Peer[] All() => [new BeetsPeer(), new PicardPeer(), new ListenBrainzPeer(), new IsrcPeer()];

    /// <summary>How one of them does.</summary>
    public (double RightFirst, double Accepted, double Precision) Measure(IReadOnlyCollection<Outcome> outcomes, Truth truth)
    {
        var (right, accepted, acceptedRight) = (0, 0, 0);
        foreach (var outcome in outcomes)
        {
            var candidates = outcome.Result.Matches.SelectMany(match => match.Rows).Select(row => truth.Row(row.Track.Value)).Distinct()
                .OrderByDescending(row => row.Popularity).ThenBy(row => row.Rowid).ToArray();
            var (row, isAccepted) = Choose(Split(outcome.Item), candidates, truth);
            var isRight = row is not null && row.Recording == outcome.Row.Recording;
            right += isRight ? 1 : 0;
            accepted += isAccepted ? 1 : 0;
            acceptedRight += isAccepted && isRight ? 1 : 0;
        }

        return ((double)right / outcomes.Count, (double)accepted / outcomes.Count, (double)acceptedRight / accepted);
    }

    /// <summary>The artists of a row in one text.</summary>
    protected static string ArtistsOf(TruthRow row, Truth truth) => string.Join(", ", row.Artists.Select(truth.Artist));

    private static MatchItem Split(MatchItem item)
    {
        var text = item.Text ?? (item.Artists.Count == 0 ? item.Title : null);
        return text?.IndexOf(" - ", StringComparison.Ordinal) is > 0 and var at
            ? item with { Artists = [text[..at]], Title = text[(at + 3)..], Text = null }
            : item with { Title = item.Title ?? item.Text, Text = null };
    }

    /// <summary>Levenshtein's distance.</summary>
    protected static int Edits(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    /// <summary>Letters and digits only, without case and diacritics.</summary>
    protected static string Plain(string text) =>
        string.Concat(System.Text.Encoding.UTF8.GetString(NameFolding.Fold(text)).Where(char.IsLetterOrDigit));
}

/// <summary>The most popular track with the ISRC.</summary>
internal sealed class IsrcPeer : Peer
{
    public override string Name => "ISRC only";

    public override (TruthRow? Row, bool IsAccepted) Choose(MatchItem item, IReadOnlyList<TruthRow> candidates, Truth truth)
    {
        var row = item.Isrc is null ? null
            : candidates.FirstOrDefault(candidate => candidate.Isrc.Equals(item.Isrc, StringComparison.OrdinalIgnoreCase));
        return (row, row is not null);
    }
}
