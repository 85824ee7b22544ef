using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Building;

/// <summary>Fills the tables that are made of sorted pairs.</summary>
/// <param name="file">Takes the rows.</param>
/// <param name="folder">Where the pairs are.</param>
/// <param name="progress">Is told how far it has got.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class SortedTables(BuildFile file, string folder, IWorkProgress progress, CancellationToken cancellation)
{
    /// <summary>All of them.</summary>
    public static Table[] All { get; } = [CompactFormat.ArtistIds, CompactFormat.ArtistOrder, .. AlbumPhase.Tables];

    /// <summary>Fills a table.</summary>
    public void Write(Table table)
    {
        if (table == CompactFormat.AlbumRows)
        {
            var writer = new PairWriter(file, table);
            foreach (var pair in Read(table))
            {
                writer.Add(OrderKey.Number(pair.First), pair.Second);
            }

            writer.Finish();
        }
        else if (table == CompactFormat.TrackOrder || table == CompactFormat.AlbumOrder || table == CompactFormat.ArtistOrder)
        {
            WriteOrder(table);
        }
        else
        {
            WriteHashes(table);
        }
    }

    private IEnumerable<SortPair> Read(Table table)
    {
        using var stage = progress.Begin(table.Name, 0);
        var read = 0L;
        foreach (var pair in SortRuns.Merge(folder, table.Name))
        {
            if ((++read & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                stage.Advance(read);
            }

            yield return pair;
        }

        stage.Advance(read);
    }

    private void WriteOrder(Table table)
    {
        var blob = new ByteBuffer();
        var block = 0L;
        foreach (var keys in Read(table).Select(pair => ~pair.Second).Chunk(KeyList.KeysInBlock))
        {
            blob.Clear();
            _ = blob.Add(Checksum.Size);
            KeyList.AddKeys(blob, keys);
            file.Seal(table, block++, blob);
        }
    }

    private void WriteHashes(Table table)
    {
        var (count, lowest, highest) = (0L, long.MaxValue, long.MinValue);
        foreach (var pair in SortRuns.Merge(folder, table.Name))
        {
            (count, lowest, highest) = (count + 1, Math.Min(lowest, pair.Second), Math.Max(highest, pair.Second));
        }

        var buckets = count == 0 ? HashBuckets.For(0, 0, 0) : HashBuckets.For(count, lowest, highest);
        file.SetMeta(table.Name, buckets.ToString());
        var blob = new ByteBuffer();
        var entries = new List<(int Tag, long Key)>();
        var current = 0L;
        foreach (var pair in Read(table))
        {
            var (bucket, tag) = buckets.Locate(pair.First);
            if (bucket != current)
            {
                Seal();
                current = bucket;
            }

            entries.Add((tag, pair.Second));
        }

        Seal();

        void Seal()
        {
            if (entries.Count > 0)
            {
                blob.Clear();
                _ = blob.Add(Checksum.Size);
                buckets.Write(blob, CollectionsMarshal.AsSpan(entries));
                file.Seal(table, current, blob);
                entries.Clear();
            }
        }
    }
}
