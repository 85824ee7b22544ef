namespace MusicMetadata.Compact;

/// <summary>How a compact catalog is built. The defaults of the compact command stand here.</summary>
public sealed record CompactOptions
{
    /// <summary>The smallest <see cref="Memory"/>.</summary>
    public const long MinMemory = Overhead + (64L << 20);

    /// <summary>The highest <see cref="Level"/>.</summary>
    public const int MaxLevel = 22;

    /// <summary>
    /// What the process takes beside what is sorted: runtime, SQLite, compressors, and what the collector has not collected yet.
    /// </summary>
    private const long Overhead = 192L << 20;

    /// <summary>Path of the file to build.</summary>
    public required string OutPath { get; init; }

    /// <summary>About how many bytes the process may use. More makes fewer and larger runs, hardly a shorter time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than <see cref="MinMemory"/>.</exception>
    public long Memory
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MinMemory);
            field = value;
        }
    }
    = 1L << 30;

    /// <summary>The level of zstd: how long each record is tried to be made smaller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to <see cref="MaxLevel"/>.</exception>
    public int Level
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxLevel);
            field = value;
        }
    }
    = 15;

    /// <summary>What sorting may use of <see cref="Memory"/>.</summary>
    internal long SortingMemory => Memory - Overhead;
}
