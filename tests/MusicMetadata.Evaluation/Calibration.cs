using System.Text;

namespace MusicMetadata.Evaluation;

/// <summary>How far scores are the probabilities that they say they are.</summary>
internal sealed class Calibration
{
    private const int Bins = 10;
    private readonly (int Count, double Score, double Right)[] _bins;

    public Calibration(IReadOnlyCollection<Outcome> outcomes)
    {
        var answered = outcomes.Where(outcome => outcome.Best is not null).ToArray();
        _bins = [.. Enumerable.Range(0, Bins).Select(bin => answered
            .Where(outcome => Math.Min(Bins - 1, (int)(outcome.Score * Bins)) == bin).ToArray())
            .Select(bin => bin.Length == 0 ? (0, 0, 0) : (bin.Length, bin.Average(one => one.Score), Outcomes.RightFirst(bin)))];
        Error = _bins.Sum(bin => bin.Count * Math.Abs(bin.Score - bin.Right)) / answered.Length;
    }

    /// <summary>The expected calibration error: the mean distance between score and share of right answers, over ten bins.</summary>
    public double Error { get; }

    /// <summary>The reliability diagram as a picture.</summary>
    public string ToSvg()
    {
        const int Size = 320;
        const int Margin = 48;
        var svg = new StringBuilder();
        Line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 416 416\" font-family=\"sans-serif\" font-size=\"13\">");
        Line("<title>Reliability of scores: the share of right answers in each tenth of the scores</title>");
        Line("<rect width=\"416\" height=\"416\" fill=\"#ffffff\"/>");
        Line($"<path d=\"M{Margin} {Margin}V{Margin + Size}H{Margin + Size}\" fill=\"none\" stroke=\"#333333\"/>");
        Line($"<path d=\"M{X(0)} {Y(0)}L{X(1)} {Y(1)}\" stroke=\"#888888\" stroke-dasharray=\"4 4\"/>");
        for (var tick = 0; tick <= 10; tick += 2)
        {
            Line($"<text x=\"{X(tick / 10.0)}\" y=\"{Margin + Size + 18}\" text-anchor=\"middle\">{tick / 10.0:0.0}</text>");
            Line($"<text x=\"{Margin - 6}\" y=\"{Y(tick / 10.0) + 4:0}\" text-anchor=\"end\">{tick / 10.0:0.0}</text>");
        }

        Line($"<text x=\"{Margin + (Size / 2)}\" y=\"{Margin + Size + 38}\" text-anchor=\"middle\">score</text>");
        Line($"<text x=\"{Margin}\" y=\"{Margin - 14}\">share that is right; beside each point, how many answers</text>");
        foreach (var (count, score, right) in _bins.Where(bin => bin.Count > 0))
        {
            Line($"<circle cx=\"{X(score)}\" cy=\"{Y(right)}\" r=\"{2 + Math.Log10(count):0.0}\" fill=\"#1f6feb\"/>");
            Line($"<text x=\"{X(score) - 8:0}\" y=\"{Y(right) + 4:0}\" text-anchor=\"end\" font-size=\"10\">{count}</text>");
        }

        Line("</svg>");
        return svg.ToString();

        static int X(double value) => Margin + (int)Math.Round(value * Size);
        static int Y(double value) => Margin + Size - (int)Math.Round(value * Size);
        void Line(string line) => svg.Append(line).Append('\n');
    }
}
