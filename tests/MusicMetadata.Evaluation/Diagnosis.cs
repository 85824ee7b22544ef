using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Matching;

namespace MusicMetadata.Evaluation;

/// <summary>What the model is fitted by, all of it of the training half.</summary>
internal sealed class Diagnosis(EvaluationCatalog catalog)
{
    private const int Items = 6_000;
    private const int MaxPrinted = 60;

    /// <summary>Prints items that were answered wrongly.</summary>
    public async Task PrintErrorsAsync()
    {
        var random = new Random(11);
        var samples = new Samples(catalog.Truth, isTraining: true, Items, random);
        var runner = new Runner(catalog);
        Print("clean", (await runner.RunAsync(samples.Clean(samples.Present))).Where(one => !one.IsRight));
        Print("artist and title", (await runner.RunAsync(samples.Bare(samples.Present))).Where(one => !one.IsRight));
        var mixed = await runner.RunAsync(samples.Mixed(samples.Present, random));
        Print("mixed", mixed.Where(one => !one.IsRight));
        Print("accepted wrongly", mixed.Where(one => one.IsAccepted && !one.IsRight));
        Print("right but not accepted", mixed.Where(one => one.IsRight && !one.IsAccepted));
        Print("absent", (await runner.RunAsync(samples.Mixed(samples.Absent, random))).Where(one => one.IsAccepted));
        Print("near-absent", (await runner.RunAsync(samples.Mixed(samples.NearAbsent, random))).Where(one => one.IsAccepted));
        foreach (var noise in Noise.All)
        {
            Print(noise.Name, (await runner.RunAsync(samples.With(noise, Items, random))).Where(one => !one.IsRight));
        }
    }

    /// <summary>Prints, for each level, the logarithm of how much more often right candidates have it than wrong ones.</summary>
    public async Task PrintLevelsAsync()
    {
        var random = new Random(12);
        var samples = new Samples(catalog.Truth, isTraining: true, 4 * Items, random);
        var outcomes = await new Runner(catalog).RunAsync(samples.Mixed(samples.Present, random));
        outcomes.AddRange(await new Runner(catalog).RunAsync(samples.Mixed(samples.NearAbsent, random)));
        var pairs = outcomes.SelectMany(outcome => outcome.Result.Matches.Select(match => match.Best).Select(row =>
            (Right: catalog.Truth.Row(row.Track.Value).Recording == outcome.Row.Recording, Evidence: row.Evidence!))).ToArray();
        foreach (var (name, level) in new (string, Func<Evidence, object>)[]
        {
            ("title", evidence => evidence.Title),
            ("artist", evidence => evidence.Artist),
            ("album", evidence => evidence.Album),
            ("ISRC", evidence => evidence.Isrc),
            ("version", evidence => evidence.VersionDifference),
            ("duration", evidence => evidence.DurationDeltaMs switch
            {
                null => -1, <= 2000 => 2, <= 5000 => 5, <= 10000 => 10, <= 30000 => 30, _ => 99,
            }),
        })
        {
            double right = pairs.Count(pair => pair.Right), wrong = pairs.Length - right;
            foreach (var group in pairs.GroupBy(pair => level(pair.Evidence)).OrderByDescending(group => group.Count()))
            {
                double rights = group.Count(pair => pair.Right), wrongs = group.Count() - rights;
                var odds = Math.Log((rights + 0.5) / right / ((wrongs + 0.5) / wrong));
                Console.WriteLine($"{name,-9}{group.Key,-24}{odds,6:F2}  {rights} {wrongs}");
            }
        }
    }

    private void Print(string title, IEnumerable<Outcome> outcomes)
    {
        var all = outcomes.ToArray();
        Console.WriteLine($"\n## {title}: {all.Length}");
        foreach (var outcome in all.Take(MaxPrinted))
        {
            var item = outcome.Item;
            Console.WriteLine($"* {outcome.Result.Decision} {outcome.Score:F3} {outcome.Result.Margin:F2} "
                + $"{(outcome.Result.IsComplete ? "" : "INCOMPLETE ")}[{item.Text ?? item.Title}] by [{string.Join("|", item.Artists)}] "
                + $"on [{item.Album}] {item.DurationMs} {item.Isrc} {item.TrackNumber}");
            Console.WriteLine("    is  " + Describe(outcome.Row));
            foreach (var match in outcome.Result.Matches.Take(2))
            {
                var evidence = match.Best.Evidence!;
                Console.WriteLine($"    {match.Score:F3} {Describe(catalog.Truth.Row(match.Best.Track.Value))} = {evidence.LogOdds:F1} "
                    + $"{evidence.Title} {evidence.Artist} {evidence.DurationDeltaMs} {evidence.Album} {evidence.Isrc} "
                    + $"-{evidence.VersionDifference}");
            }
        }
    }

    private string Describe(TruthRow row) =>
        $"{row.Rowid} #{row.Recording} {(row.Version == VersionKind.None ? "" : row.Version)} [{row.Name}] by "
        + $"[{string.Join("|", row.Artists.Select(catalog.Truth.Artist))}] "
        + $"on [{row.Album.Name}] {row.DurationMs} {row.Isrc} {row.TrackNumber}";
}
