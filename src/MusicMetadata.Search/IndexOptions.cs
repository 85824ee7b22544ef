namespace MusicMetadata.Search;

/// <summary>How an index is built. The defaults of the index command stand here.</summary>
public sealed record IndexOptions
{
    /// <summary>The smallest <see cref="Memory"/>: enough for the buffers of a catalog of 256 million tracks.</summary>
    public const long MinMemory = Overhead + (64L << 20);

    /// <summary>
    /// What the process takes beside the arrays of a step: runtime, SQLite, buffers, and what the collector has not collected yet.
    /// Measured: 70 to 150 MB.
    /// </summary>
    private const long Overhead = 128L << 20;

    /// <summary>Path of the index, <see cref="SearchOptions.PathBeside"/> the database as a rule.</summary>
    public required string IndexPath { get; init; }

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

    /// <summary>How many of them a step may use.</summary>
    public long WorkingMemory => Memory - Overhead;
}
