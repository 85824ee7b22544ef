using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Search.Postings;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Building;

/// <summary>Makes one table's part of an index from its sorted names.</summary>
/// <param name="index">The index file.</param>
/// <param name="table">The table.</param>
/// <param name="content">Is told every name.</param>
/// <param name="folder">Where to put what does not fit into memory.</param>
/// <param name="memory">About how many bytes to use.</param>
/// <param name="progress">Told how far it has got.</param>
internal sealed class TableIndexer(Connection index, SourceTable table, NameHash content, string folder, long memory, IWorkProgress progress)
{
    /// <summary>Makes it.</summary>
    /// <param name="names">The table's runs.</param>
    /// <param name="rows">How many rows the table has, for the progress; more does no harm.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Run(string[] names, long rows, CancellationToken cancellation)
    {
        using var writer = new IndexWriter(index, table);
        var postings = Collect(names, writer, rows, out var ranks, cancellation);
        Merge(postings, writer, ranks, cancellation);
        foreach (var run in postings)
        {
            File.Delete(run);
        }
    }

    /// <summary>Walks over the names in the order of answers, which makes their ranks, and collects who has which gram.</summary>
    private List<string> Collect(string[] names, IndexWriter writer, long rows, out long ranks, CancellationToken cancellation)
    {
        var grams = new PostingAccumulator(memory * 3 / 4);
        var postings = new List<string>();
        var runs = new PriorityQueue<NameRun, Place>();
        var done = 0L;
        using var stage = progress.Begin($"Sorting {table.Name}", rows);
        try
        {
            foreach (var path in names)
            {
                Enqueue(new NameRun(path, BufferSize(names.Length)));
            }

            while (runs.TryPeek(out var run, out var place))
            {
                var rank = writer.AddRow(place.Rowid);
                var name = run.ReadName();
                content.Add(table, place.Rowid, place.Order, name);
                grams.Add(rank, name);
                if (run.MoveNext())
                {
                    _ = runs.DequeueEnqueue(run, run.Place);
                }
                else
                {
                    runs.Dequeue().Dispose();
                }

                if (grams.IsFull)
                {
                    Spill();
                }

                if ((rank & 0x3FF) == 0x3FF)
                {
                    cancellation.ThrowIfCancellationRequested();
                    stage.Advance(rank + 1);
                }

                done = rank + 1L;
            }
        }
        finally
        {
            foreach (var (run, _) in runs.UnorderedItems)
            {
                run.Dispose();
            }
        }

        stage.Advance(done);
        writer.EndRows();
        if (!grams.IsEmpty)
        {
            Spill();
        }

        ranks = grams.Ranks;
        return postings;

        void Enqueue(NameRun run)
        {
            if (run.MoveNext())
            {
                runs.Enqueue(run, run.Place);
            }
            else
            {
                run.Dispose();
            }
        }

        void Spill()
        {
            postings.Add(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{table.Name}-{postings.Count:D6}.postings")));
            grams.Spill(postings[^1]);
        }
    }

    /// <summary>Writes each gram's list: its ranks of the first run, then those of the second, and so on, for every run has higher ranks than the one before.</summary>
    private void Merge(List<string> postings, IndexWriter writer, long total, CancellationToken cancellation)
    {
        var runs = postings.ConvertAll(path => new PostingRun(path, BufferSize(postings.Count)));
        try
        {
            var next = new PriorityQueue<int, (long Gram, int Run)>();
            for (var i = 0; i < runs.Count; i++)
            {
                _ = runs[i].MoveNext();
                next.Enqueue(i, (runs[i].Gram, i));
            }

            var current = new List<int>();
            var done = 0L;
            var grams = 0;
            using var stage = progress.Begin($"Writing {table.Name}", total);
            while (next.TryPeek(out _, out var first))
            {
                current.Clear();
                var ranks = 0L;
                while (next.TryPeek(out var run, out var place) && place.Gram == first.Gram)
                {
                    _ = next.Dequeue();
                    current.Add(run);
                    ranks += runs[run].Count;
                }

                var most = Gram.IsShort(first.Gram) ? IndexSchema.MostShortRanks : long.MaxValue;
                writer.BeginList(first.Gram, Math.Min(ranks, most));
                foreach (var run in current)
                {
                    Copy(runs[run].ReadGaps(), writer, ref most);
                    if (runs[run].MoveNext())
                    {
                        next.Enqueue(run, (runs[run].Gram, run));
                    }
                }

                writer.EndList();
                done += ranks;
                if ((++grams & 0xFF) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    stage.Advance(done);
                }
            }

            stage.Advance(done);
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    private static void Copy(ReadOnlySpan<byte> gaps, IndexWriter writer, ref long most)
    {
        var rank = 0U;
        for (var position = 0; position < gaps.Length && most > 0; most--)
        {
            rank += (uint)Varint.Read(gaps, ref position);
            writer.AddRank(rank);
        }
    }

    /// <summary>An eighth of the memory for the buffers of all runs, but no more than reading at once is good for.</summary>
    private int BufferSize(int runs) => (int)Math.Clamp(memory / 8 / Math.Max(1, runs), 4096, 1 << 20);
}
