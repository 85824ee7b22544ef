using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Search;

namespace MusicMetadata.Evaluation;

/// <summary>Asks the real matcher.</summary>
internal sealed class Runner(EvaluationCatalog catalog)
{
    /// <summary>Recordings that are asked for: the candidates that the others choose among too.</summary>
    public const int Limit = 10;

    public async Task<List<Outcome>> RunAsync(IEnumerable<Draft> drafts)
    {
        using var reader = new CountingReader(await catalog.Store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.Never()));
        using var index = catalog.Index.TryRent()!;
        var outcomes = new List<Outcome>();
        foreach (var draft in drafts)
        {
            var item = draft.ToItem();
            reader.Reads = 0;
            var blocks = index.Blocks.BlocksRead;
            var result = await new TrackMatch(index, reader, item, Limit, Deadline.Never()).FindAsync();
            outcomes.Add(new Outcome(draft.Row, item, result, reader.Reads + index.Blocks.BlocksRead - blocks)
            {
                Best = result.Matches is [var best, ..] ? catalog.Truth.Row(best.Best.Track.Value) : null,
            });
        }

        return outcomes;
    }

    /// <summary>Milliseconds that each of some items takes, after all of them have been asked once.</summary>
    public async Task<List<double>> TimeAsync(IReadOnlyList<MatchItem> items)
    {
        using var reader = await catalog.Store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.Never());
        using var index = catalog.Index.TryRent()!;
        var times = new List<double>();
        for (var round = 0; round < 2; round++)
        {
            times.Clear();
            foreach (var item in items)
            {
                var start = TimeProvider.System.GetTimestamp();
                _ = await new TrackMatch(index, reader, item, 3, Deadline.Never()).FindAsync();
                times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return times;
    }

    /// <summary>Milliseconds that two readers need for a batch.</summary>
    public async Task<double> TimeBatchAsync(IReadOnlyList<MatchItem> items)
    {
        var start = TimeProvider.System.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(reading => Task.Run(async () =>
        {
            using var reader = await catalog.Store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.Never());
            using var index = catalog.Index.TryRent()!;
            for (var i = Interlocked.Increment(ref next); i < items.Count; i = Interlocked.Increment(ref next))
            {
                _ = await new TrackMatch(index, reader, items[i], 3, Deadline.Never()).FindAsync();
            }
        })));
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
