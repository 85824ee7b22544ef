using System.Globalization;

namespace MusicMetadata.Evaluation;

/// <summary>All figures of the test half as Markdown.</summary>
internal sealed class Report(EvaluationCatalog catalog)
{
    private const int Items = 10_000;
    private const int ItemsOfNoise = 1_000;
    private const int FolderCount = 400;
    private const int BatchSize = 400;

    private readonly Peer[] _peers = Peer.All();
    private readonly Truth _truth = catalog.Truth;
    private int _met;
    private int _missed;
    private readonly int _tracks = catalog.Truth.Rows.Count - catalog.Truth.Removed.Count;

    /// <summary>Prints it, and writes the reliability diagram.</summary>
    /// <returns>Whether every target is met, but for times and sizes, which depend on the machine and the size of the catalog.</returns>
    public async Task<bool> PrintAsync(string picture)
    {
        var random = new Random(20);
        var samples = new Samples(catalog.Truth, isTraining: false, Items, random);
        var runner = new Runner(catalog);
        var clean = await runner.RunAsync(samples.Clean(samples.Present));
        var bare = await runner.RunAsync(samples.Bare(samples.Present));
        var mixed = await runner.RunAsync(samples.Mixed(samples.Present, random));
        var absent = await runner.RunAsync(samples.Mixed(samples.Absent, random));
        var near = await runner.RunAsync(samples.Mixed(samples.NearAbsent, random));

        Console.WriteLine($"A catalog of {_tracks:N0} tracks, with {mixed.Count:N0} items that are in it, "
            + $"{absent.Count:N0} that are not, and {near.Count:N0} of which only other recordings are. Right, and accepted, in percent.");
        Console.WriteLine();
        Console.WriteLine($"| figure | target | here | {string.Join(" | ", _peers.Select(peer => peer.Name))} |");
        Console.WriteLine($"|---|--:|--:|{string.Concat(_peers.Select(_ => "--:|"))}");
        Row("right recording first, clean", "≥ 99.5", Outcomes.RightFirst(clean), peer => peer.Measure(clean, _truth).RightFirst);
        Row("right recording first, mixed", "≥ 97", Outcomes.RightFirst(mixed), peer => peer.Measure(mixed, _truth).RightFirst);
        Row(
            "right recording first, artist and title only", "≥ 93",
            Outcomes.RightFirst(bare), peer => peer.Measure(bare, _truth).RightFirst);
        Row("precision of what is accepted, mixed", "≥ 99.5", Outcomes.Precision(mixed), peer => peer.Measure(mixed, _truth).Precision);
        Row("share accepted, mixed", "≥ 85", Outcomes.Accepted(mixed), peer => peer.Measure(mixed, _truth).Accepted);
        Row("accepted though absent", "≤ 0.3", Outcomes.Accepted(absent), peer => peer.Measure(absent, _truth).Accepted);
        Row(
            "accepted though only others of the song are there", "≤ 1",
            Outcomes.Accepted(near), peer => peer.Measure(near, _truth).Accepted);
        Row("right row, album and number given and unique", "≥ 97", RightRow(clean), null);
        var (_, first, f1) = await new Folders(catalog).MeasureAsync(FolderCount, random);
        Row("album first", "≥ 98", first, null);
        Row("assignment of its files, F1", "≥ 99", f1, null);

        // Of a hundred files some ninety are in a large catalog, and few are as awkward as those of which only others are there.
        var calibration = new Calibration([.. mixed, .. absent.Take(mixed.Count / 20), .. near.Take(mixed.Count / 50)]);
        await File.WriteAllTextAsync(picture, calibration.ToSvg());
        Plain("calibration error", "≤ 0.03", $"{calibration.Error:F3}");
        Judge("≤ 0.03", calibration.Error);
        await PrintTimesAsync(runner, mixed);
        await PrintNoisesAsync(runner, samples, random);
        await Console.Error.WriteLineAsync($"{_met} passed, {_missed} failed");
        return _missed == 0;
    }

    private double RightRow(List<Outcome> clean)
    {
        var unique = clean.Where(outcome => outcome.IsRight && outcome.Item.Album is not null
            && _truth.Recordings[outcome.Row.Recording].Count(row => !_truth.Removed.Contains(row.Rowid)
                && row.Album.Name == outcome.Row.Album.Name && row.TrackNumber == outcome.Row.TrackNumber) == 1).ToArray();
        return Outcomes.Share(unique, outcome => outcome.Best!.Rowid == outcome.Row.Rowid);
    }

    private async Task PrintTimesAsync(Runner runner, List<Outcome> mixed)
    {
        var items = mixed.Select(outcome => outcome.Item).Take(5 * BatchSize).ToArray();
        var times = await runner.TimeAsync(items);
        Plain("one item warm, ms: median, p99", "1, 10", $"{Outcomes.Percentile(times, 0.5):F2}, {Outcomes.Percentile(times, 0.99):F1}");
        var batches = new List<double>();
        foreach (var batch in items.Chunk(BatchSize))
        {
            batches.Add(await runner.TimeBatchAsync(batch));
        }

        Plain($"batch of {BatchSize} by two readers, ms: median", "≤ 400", $"{Outcomes.Percentile(batches, 0.5):F0}");
        var reads = mixed.Select(outcome => outcome.Reads).ToArray();
        Plain(
            "blocks, names and records read an item: median, p99", "≤ 6, ≤ 80",
            $"{Outcomes.Percentile(reads, 0.5)}, {Outcomes.Percentile(reads, 0.99)}");
        Judge("≤ 6", Outcomes.Percentile(reads, 0.5));
        Judge("≤ 80", Outcomes.Percentile(reads, 0.99));
        Plain("bytes of the index a track", "≤ 50 from 5 million tracks on", $"{(double)catalog.IndexBytes / _tracks:F1}");
    }

    private async Task PrintNoisesAsync(Runner runner, Samples samples, Random random)
    {
        Console.WriteLine();
        Console.WriteLine("Each noise alone. Right first, by the peers too; and what is accepted here.");
        Console.WriteLine();
        Console.WriteLine("| noise | of 100 items | right first | accepted | precision | "
            + $"{string.Join(" | ", _peers.Select(peer => peer.Name))} |");
        Console.WriteLine($"|---|--:|--:|--:|--:|{string.Concat(_peers.Select(_ => "--:|"))}");
        foreach (var noise in Noise.All)
        {
            var outcomes = await runner.RunAsync(samples.With(noise, ItemsOfNoise, random));
            Console.WriteLine($"| {noise.Name} | {noise.Percent} | {Percent(Outcomes.RightFirst(outcomes))} | "
                + $"{Percent(Outcomes.Accepted(outcomes))} | {Percent(Outcomes.Precision(outcomes))} | "
                + $"{string.Join(" | ", _peers.Select(peer => Percent(peer.Measure(outcomes, _truth).RightFirst)))} |");
        }
    }

    private void Row(string name, string target, double here, Func<Peer, double>? peers)
    {
        Console.WriteLine($"| {name} | {target} | **{Percent(here)}** | "
            + $"{string.Join(" | ", _peers.Select(peer => peers is null ? "" : Percent(peers(peer))))} |");
        Judge(target, 100 * here);
    }

    /// <summary>Counts whether a target is met, which is a sign and a number. What could not be measured is missed.</summary>
    private void Judge(string target, double value)
    {
        var limit = double.Parse(target.AsSpan(2), CultureInfo.InvariantCulture);
        var isMet = target[0] == '≥' ? value >= limit : value <= limit;
        _met += isMet ? 1 : 0;
        _missed += isMet ? 0 : 1;
    }

    private void Plain(string name, string target, string here) =>
        Console.WriteLine($"| {name} | {target} | **{here}** | {string.Join(" | ", _peers.Select(_ => ""))} |");

    private static string Percent(double share) => double.IsNaN(share) ? "" : $"{100 * share:F2}";
}
