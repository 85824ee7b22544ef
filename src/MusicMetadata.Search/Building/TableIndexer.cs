using System.Globalization;
using Microsoft.Data.Sqlite;
using MusicMetadata.Catalog;
using MusicMetadata.Search.Postings;
using MusicMetadata.Search.Terms;

namespace MusicMetadata.Search.Building;

/// <summary>Makes one table's part of an index from its sorted names.</summary>
/// <param name="index">The index file.</param>
/// <param name="table">The table.</param>
/// <param name="content">Is told every name.</param>
/// <param name="folder">Where to put what does not fit into memory.</param>
/// <param name="memory">About how many bytes to use.</param>
/// <param name="withTerms">Whether the names have terms.</param>
/// <param name="progress">Told how far it has got.</param>
internal sealed class TableIndexer(
    SqliteConnection index, IndexTable table, NameHash content, string folder, long memory, bool withTerms, IWorkProgress progress)
{
    /// <summary>Makes it.</summary>
    /// <param name="names">The table's runs.</param>
    /// <param name="rows">How many rows the table has, for the progress; more does no harm.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Run(string[] names, long rows, CancellationToken cancellation)
    {
        using var writer = new IndexWriter(index, table);
        var postings = Collect(names, writer, rows, out var total, cancellation);
        Merge(postings, writer, total, cancellation);
        foreach (var run in postings)
        {
            File.Delete(run);
        }
    }

    /// <summary>Walks over the names in the order of answers, which makes their ordinals, and collects who has which n-gram.</summary>
    private List<string> Collect(string[] names, IndexWriter writer, long rows, out long total, CancellationToken cancellation)
    {
        var ngrams = new PostingAccumulator(memory * 3 / 4);
        var postings = new List<string>();
        var runs = new PriorityQueue<NameRun, SortKey>();
        var done = 0L;
        using var stage = progress.Begin($"Sorting {table.Name}", rows);
        try
        {
            foreach (var path in names)
            {
                Enqueue(new NameRun(path, BufferSize(names.Length)));
            }

            while (runs.TryPeek(out var run, out var sortKey))
            {
                var ordinal = writer.AddRow(sortKey.Key);
                var name = run.ReadName();
                content.Add(table.Entity, sortKey.Key, sortKey.Order, name);
                ngrams.Add(ordinal, name);
                foreach (var term in run.ReadTerms())
                {
                    ngrams.Add(ordinal, term);
                }

                if (run.MoveNext())
                {
                    _ = runs.DequeueEnqueue(run, run.SortKey);
                }
                else
                {
                    runs.Dequeue().Dispose();
                }

                if (ngrams.IsFull)
                {
                    Spill();
                }

                if ((ordinal & 0x3FF) == 0x3FF)
                {
                    cancellation.ThrowIfCancellationRequested();
                    stage.Advance(ordinal + 1);
                }

                done = ordinal + 1L;
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
        var least = withTerms && table.Entity == Entity.Album ? done / 10 : 0;
        for (var ordinal = done - least; ordinal < done; ordinal++)
        {
            ngrams.Add((uint)ordinal, Term.LeastPopular);
        }

        if (!ngrams.IsEmpty)
        {
            Spill();
        }

        total = ngrams.Postings;
        return postings;

        void Enqueue(NameRun run)
        {
            if (run.MoveNext())
            {
                runs.Enqueue(run, run.SortKey);
            }
            else
            {
                run.Dispose();
            }
        }

        void Spill()
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{table.Name}-{postings.Count:D6}.postings");
            postings.Add(Path.Combine(folder, name));
            ngrams.Spill(postings[^1]);
        }
    }

    /// <summary>
    /// Writes each n-gram's list: its ordinals of the first run, then those of the second, and so on, for every run has higher ordinals
    /// than the one before.
    /// </summary>
    private void Merge(List<string> postings, IndexWriter writer, long total, CancellationToken cancellation)
    {
        var runs = postings.ConvertAll(path => new PostingRun(path, BufferSize(postings.Count)));
        try
        {
            var next = new PriorityQueue<int, (long NGram, int Run)>();
            for (var i = 0; i < runs.Count; i++)
            {
                _ = runs[i].MoveNext();
                next.Enqueue(i, (runs[i].NGram, i));
            }

            var current = new List<int>();
            var done = 0L;
            var ngrams = 0;
            using var stage = progress.Begin($"Writing {table.Name}", total);
            while (next.TryPeek(out _, out var first))
            {
                current.Clear();
                var ordinals = 0L;
                while (next.TryPeek(out var run, out var following) && following.NGram == first.NGram)
                {
                    _ = next.Dequeue();
                    current.Add(run);
                    ordinals += runs[run].Count;
                }

                var left = NGram.IsShort(first.NGram) ? IndexSchema.MaxShortOrdinals : long.MaxValue;
                writer.BeginList(first.NGram, Math.Min(ordinals, left));
                foreach (var run in current)
                {
                    Copy(runs[run].ReadGaps(), writer, ref left);
                    if (runs[run].MoveNext())
                    {
                        next.Enqueue(run, (runs[run].NGram, run));
                    }
                }

                writer.EndList();
                done += ordinals;
                if ((++ngrams & 0xFF) == 0)
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

    private static void Copy(ReadOnlySpan<byte> gaps, IndexWriter writer, ref long left)
    {
        var ordinal = 0U;
        for (var position = 0; position < gaps.Length && left > 0; left--)
        {
            ordinal += (uint)Varint.Read(gaps, ref position);
            writer.AddOrdinal(ordinal);
        }
    }

    /// <summary>An eighth of the memory for the buffers of all runs, but no more than reading at once is good for.</summary>
    private int BufferSize(int runs) => (int)Math.Clamp(memory / 8 / Math.Max(1, runs), 4096, 1 << 20);
}
