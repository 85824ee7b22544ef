using MusicMetadata.Catalog;

namespace MusicMetadata.Compact;

/// <summary>How a compact catalog is built. The defaults of the compact command stand here.</summary>
public sealed record CompactOptions() : BuildOptions(Overhead)
{
    /// <summary>The smallest <see cref="BuildOptions.Memory"/>.</summary>
    public const long MinMemory = Overhead + MinWorkingMemory;

    /// <summary>The highest <see cref="Level"/>.</summary>
    public const int MaxLevel = 22;

    /// <summary>
    /// What the process takes beside what is sorted: runtime, SQLite, compressors, and what the collector has not collected yet.
    /// </summary>
    private const long Overhead = 192L << 20;

    /// <summary>Path of the file to build.</summary>
    public required string OutPath { get; init; }

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
}
