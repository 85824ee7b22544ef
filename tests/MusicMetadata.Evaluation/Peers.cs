using System.Text.RegularExpressions;
using MusicMetadata.Matching;

namespace MusicMetadata.Evaluation;

/// <summary>The distance of beets: title 3, artist 2, length 2, index 1, album 3; below 0.04 it takes a candidate without asking.</summary>
internal sealed partial class BeetsPeer : Peer
{
    public override string Name => "beets";

    public override (TruthRow? Row, bool IsAccepted) Choose(MatchItem item, IReadOnlyList<TruthRow> candidates, Truth truth)
    {
        if (candidates.Count == 0)
        {
            return (null, false);
        }

        var (row, distance) = candidates.Select(candidate => (candidate, Distance: Distance(item, candidate, truth)))
            .MinBy(one => one.Distance);
        return (row, distance < 0.04);
    }

    private static double Distance(MatchItem item, TruthRow row, Truth truth)
    {
        var (sum, weights) = (0.0, 0.0);
        Add(3, TextDistance(item.Title ?? "", row.Name));
        if (item.Artists.Count > 0)
        {
            Add(2, TextDistance(string.Join(", ", item.Artists), ArtistsOf(row, truth)));
        }

        if (item.DurationMs is { } duration)
        {
            Add(2, Math.Clamp((Math.Abs(duration - row.DurationMs) - 10_000) / 30_000.0, 0, 1));
        }

        if (item.TrackNumber is { } number)
        {
            Add(1, number == row.TrackNumber ? 0 : 1);
        }

        if (item.Album is not null)
        {
            Add(3, TextDistance(item.Album, row.Album.Name));
        }

        return sum / weights;

        void Add(double weight, double distance) => (sum, weights) = (sum + (weight * distance), weights + weight);
    }

    /// <summary>What is in brackets or names guests counts less than the rest.</summary>
    private static double TextDistance(string left, string right)
    {
        var whole = Ratio(Plain(left), Plain(right));
        var core = Ratio(Plain(Minor().Replace(left, "")), Plain(Minor().Replace(right, "")));
        return core + Math.Max(0, whole - core) * 0.3;
    }

    private static double Ratio(string left, string right) =>
        left.Length + right.Length == 0 ? 0 : (double)Edits(left, right) / Math.Max(left.Length, right.Length);

    [GeneratedRegex(@"\(.*?\)|\[.*?\]|\b(feat|ft|featuring)\b.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Minor();
}

/// <summary>
/// The similarity of Picard: title 13, length 10, album 5, artist 4, ISRC 28, words compared one by one; from 0.7 on, and ahead by 0.02, it
/// takes a candidate.
/// </summary>
internal sealed class PicardPeer : Peer
{
    public override string Name => "Picard";

    public override (TruthRow? Row, bool IsAccepted) Choose(MatchItem item, IReadOnlyList<TruthRow> candidates, Truth truth)
    {
        var scored = candidates.Select(candidate => (Row: candidate, Score: Similarity(item, candidate, truth)))
            .OrderByDescending(one => one.Score).ToArray();
        if (scored.Length == 0)
        {
            return (null, false);
        }

        var (best, score) = scored[0];
        var other = scored.Where(one => one.Row.Recording != best.Recording).Select(one => one.Score).FirstOrDefault();
        return (best, score >= 0.7 && score - other >= 0.02);
    }

    private static double Similarity(MatchItem item, TruthRow row, Truth truth)
    {
        var (sum, weights) = (0.0, 0.0);
        Add(13, Words(item.Title ?? "", row.Name));
        if (item.DurationMs is { } duration)
        {
            Add(10, 1 - (Math.Min(Math.Abs(duration - row.DurationMs), 30_000) / 30_000.0));
        }

        if (item.Album is not null)
        {
            Add(5, Words(item.Album, row.Album.Name));
        }

        if (item.Artists.Count > 0)
        {
            Add(4, Words(string.Join(", ", item.Artists), ArtistsOf(row, truth)));
        }

        if (item.Isrc is not null && row.Isrc.Length > 0)
        {
            Add(28, item.Isrc.Equals(row.Isrc, StringComparison.OrdinalIgnoreCase) ? 1 : 0);
        }

        return sum / weights;

        void Add(double weight, double similarity) => (sum, weights) = (sum + (weight * similarity), weights + weight);
    }

    /// <summary>Each word of the one with the most similar of the other.</summary>
    private static double Words(string left, string right)
    {
        var mine = Split(left);
        var others = Split(right).ToList();
        if (mine.Length == 0 || others.Count == 0)
        {
            return 0;
        }

        var (score, most) = (0.0, Math.Max(mine.Length, others.Count));
        foreach (var word in mine)
        {
            if (others.Count == 0)
            {
                break;
            }

            var (other, similarity) = others
                .Select(other => (other, 1 - ((double)Edits(word, other) / Math.Max(word.Length, other.Length))))
                .MaxBy(one => one.Item2);
            if (similarity > 0.6)
            {
                score += similarity;
                _ = others.Remove(other);
            }
        }

        return score / most;
    }

    private static string[] Split(string text) =>
        [.. text.Split([' ', ',', '(', ')', '[', ']', '-', '_', '/', '.', '&'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Plain).Where(word => word.Length > 0)];
}

/// <summary>
/// The steps of ListenBrainz: artist and title alike, within two edits (high), within five (medium), then without brackets, guests and what
/// follows a dash (low). What is exact or high is taken.
/// </summary>
internal sealed partial class ListenBrainzPeer : Peer
{
    public override string Name => "ListenBrainz";

    public override (TruthRow? Row, bool IsAccepted) Choose(MatchItem item, IReadOnlyList<TruthRow> candidates, Truth truth)
    {
        var key = Key(string.Concat(item.Artists), item.Title ?? "");
        var edits = candidates
            .Select(row => (Row: row, Edits: Edits(key, Key(string.Concat(row.Artists.Select(truth.Artist)), row.Name))))
            .ToArray();
        if (edits.Length == 0)
        {
            return (null, false);
        }

        var (best, distance) = edits.MinBy(one => one.Edits);
        if (distance <= 5)
        {
            return (best, distance <= 2);
        }

        var detuned = Key(string.Concat(item.Artists), Detuned(item.Title ?? ""));
        var (low, rest) = candidates
            .Select(row => (row, Edits: Edits(detuned, Key(string.Concat(row.Artists.Select(truth.Artist)), Detuned(row.Name)))))
            .MinBy(one => one.Edits);
        return rest <= 5 ? (low, false) : (null, false);
    }

    private static string Key(string artists, string title) => Plain(artists) + Plain(title);

    private static string Detuned(string title) => Rest().Replace(title, "");

    [GeneratedRegex(@"\s*([(\[]| - |\bfeat\b|\bft\b).*$", RegexOptions.IgnoreCase)]
    private static partial Regex Rest();
}
