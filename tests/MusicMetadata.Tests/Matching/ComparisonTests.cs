using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Tests.Matching;

/// <summary>Distances, pairs and decisions, against slower ways to the same.</summary>
public class ComparisonTests
{
    [Fact]
    public void The_edit_distance_is_that_of_the_plain_recursion()
    {
        var random = Seeded.Random();
        for (var i = 0; i < 5_000; i++)
        {
            var (left, right) = (Word(random), Word(random));
            var expected = Distance(left, right);
            var max = random.Next(7);
            var found = EditDistance.Between(left, right, max);
            Assert.True(expected <= max ? found == expected : found > max, $"{left} {right} {max}: {found}, not {expected}");
        }
    }

    [Fact]
    public void Pairs_cost_as_little_as_any_other_pairs_would()
    {
        var random = Seeded.Random();
        for (var i = 0; i < 500; i++)
        {
            var costs = new double[random.Next(1, 6), random.Next(0, 6)];
            for (var row = 0; row < costs.GetLength(0); row++)
            {
                for (var column = 0; column < costs.GetLength(1); column++)
                {
                    costs[row, column] = random.Next(100) / 100.0;
                }
            }

            var assigned = Assignment.Solve(costs, 0.45);
            Assert.Equal(assigned.Count(column => column >= 0), assigned.Where(column => column >= 0).Distinct().Count());
            Assert.Equal(Least(costs, 0, 0), assigned.Select((column, row) => column < 0 ? 0.45 : costs[row, column]).Sum(), 9);
        }
    }

    [Theory]
    [InlineData(14.0, null, true, MatchDecision.Accept)]
    [InlineData(14.0, null, false, MatchDecision.Review)]
    [InlineData(14.0, 13.9, true, MatchDecision.Ambiguous)]
    [InlineData(7.5, null, true, MatchDecision.Review)]
    [InlineData(3.0, null, true, MatchDecision.None)]
    [InlineData(null, null, true, MatchDecision.None)]
    public void A_decision_follows_from_score_and_margin(double? best, double? second, bool isComplete, MatchDecision expected)
    {
        var rows = new[] { best, second }.OfType<double>().Select((odds, i) => Row(i, odds));
        Assert.Equal(expected, Recordings.Decide(Recordings.Rank(rows), isComplete, out _));
    }

    [Fact]
    public void Editions_of_one_recording_share_a_score_and_do_not_compete()
    {
        var edition = Row(1, 13);
        var ranked = Recordings.Rank([Row(0, 13), edition with { TitleHash = 0, DurationMs = 2500 }]);
        var only = Assert.Single(ranked);
        Assert.Equal(2, only.Rows.Count);
        Assert.True(only.Score > 0.99);
        Assert.Equal(0.5, only.EditionScore, 6);
    }

    [Fact]
    public void Scores_are_probabilities()
    {
        var random = Seeded.Random();
        for (var i = 0; i < 1_000; i++)
        {
            var ranked = Recordings.Rank(Enumerable.Range(0, random.Next(6)).Select(row => Row(row, (random.NextDouble() * 40) - 20)));
            Assert.InRange(ranked.Sum(match => match.Score), 0, 1.000001);
            Assert.Equal(
                ranked.OrderByDescending(match => match.Score).Select(match => match.Best.Track),
                ranked.Select(match => match.Best.Track));
        }
    }

    private static ScoredTrack Row(int number, double odds) => new()
    {
        Track = new CatalogKey(number),
        Interpretation = Interpretation.Empty,
        TitleHash = number,
        ArtistHash = 1,
        Versions = TitleVersions.None,
        DetailHash = 0,
        DurationMs = 1000,
        Popularity = 0,
        LogOdds = odds,
        EditionLogOdds = 0,
    };

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "abc"[random.Next(3)]));

    /// <summary>Optimal string alignment, as it is defined.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length + right.Length;
        }

        var least = Math.Min(Distance(left[1..], right), Distance(left, right[1..])) + 1;
        least = Math.Min(least, Distance(left[1..], right[1..]) + (left[0] == right[0] ? 0 : 1));
        return left.Length > 1 && right.Length > 1 && left[0] == right[1] && left[1] == right[0]
            ? Math.Min(least, Distance(left[2..], right[2..]) + 1)
            : least;
    }

    private static double Least(double[,] costs, int row, int used)
    {
        if (row == costs.GetLength(0))
        {
            return 0;
        }

        var least = 0.45 + Least(costs, row + 1, used);
        for (var column = 0; column < costs.GetLength(1); column++)
        {
            if ((used & (1 << column)) == 0)
            {
                least = Math.Min(least, costs[row, column] + Least(costs, row + 1, used | (1 << column)));
            }
        }

        return least;
    }
}
