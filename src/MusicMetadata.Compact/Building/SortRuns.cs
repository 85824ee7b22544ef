using System.Globalization;
using System.Runtime.InteropServices;

namespace MusicMetadata.Compact.Building;

/// <summary>What is sorted: by the first number, then by the second.</summary>
internal readonly record struct SortPair(ulong First, long Second) : IComparable<SortPair>
{
    /// <inheritdoc/>
    public int CompareTo(SortPair other) => First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);
}

/// <summary>
/// Sorts more pairs than fit in memory: sorted runs in files of a folder, which stay there when the process ends, merged at the end.
/// </summary>
internal sealed class SortRuns
{
    private const int BufferSize = 1 << 18;

    private readonly string _folder;
    private readonly string _name;
    private readonly int _capacity;
    private SortPair[] _pairs = new SortPair[1024];
    private int _count;
    private int _runs;

    /// <summary>Begins sorting; runs of an earlier attempt are deleted.</summary>
    /// <param name="folder">Where the runs are.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="memory">About how many bytes to use.</param>
    public SortRuns(string folder, string name, long memory)
    {
        _folder = folder;
        _name = name;
        _capacity = (int)Math.Clamp(memory / Marshal.SizeOf<SortPair>(), 1024, Array.MaxLength / 2);
        Delete(folder, name);
    }

    /// <summary>Adds a pair.</summary>
    public void Add(ulong first, long second)
    {
        if (_count == _pairs.Length)
        {
            if (_count >= _capacity)
            {
                WriteRun();
            }
            else
            {
                Array.Resize(ref _pairs, Math.Min(_capacity, _count * 2));
            }
        }

        _pairs[_count++] = new SortPair(first, second);
    }

    /// <summary>Writes what is left to the disk.</summary>
    public void Finish()
    {
        if (_count > 0)
        {
            WriteRun();
        }

        _pairs = [];
    }

    /// <summary>The pairs of all runs in their order.</summary>
    public static IEnumerable<SortPair> Merge(string folder, string name)
    {
        var runs = Array.ConvertAll(
            Files(folder, name),
            path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan));
        try
        {
            var queue = new PriorityQueue<FileStream, SortPair>(runs.Length);
            foreach (var run in runs)
            {
                if (TryRead(run, out var pair))
                {
                    queue.Enqueue(run, pair);
                }
            }

            while (queue.TryPeek(out var run, out var pair))
            {
                yield return pair;
                if (TryRead(run, out var next))
                {
                    _ = queue.DequeueEnqueue(run, next);
                }
                else
                {
                    _ = queue.Dequeue();
                }
            }
        }
        finally
        {
            Array.ForEach(runs, run => run.Dispose());
        }
    }

    /// <summary>Deletes all runs.</summary>
    public static void Delete(string folder, string name) => Array.ForEach(Files(folder, name), File.Delete);

    private static string[] Files(string folder, string name)
    {
        var files = Directory.GetFiles(folder, name + "-*.run");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static bool TryRead(FileStream run, out SortPair pair)
    {
        pair = default;
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref pair, 1));
        return run.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }

    private void WriteRun()
    {
        _pairs.AsSpan(0, _count).Sort();
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{_runs++:D6}.run"));
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
        file.Write(MemoryMarshal.AsBytes(_pairs.AsSpan(0, _count)));
        file.Flush(flushToDisk: true);
        _count = 0;
    }
}
