namespace MusicMetadata.Import.MusicBrainz;

/// <summary>What of MusicBrainz is imported, and how. The defaults stand here.</summary>
public sealed record MusicBrainzOptions
{
    /// <summary>The smallest <see cref="Memory"/>.</summary>
    public const long MinMemory = Overhead + (64L << 20);

    /// <summary>
    /// What is not for sorting: SQLite's cache, who is credited where, labels, types and positions of all that MusicBrainz has, and the
    /// runtime.
    /// </summary>
    private const long Overhead = 512L << 20;

    /// <summary>Archives of one dump, and folders into which such were extracted.</summary>
    public required IReadOnlyList<string> Dumps { get; init; }

    /// <summary>The folder for the two database files.</summary>
    public required string Folder { get; init; }

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

    /// <summary>How many of them sorting may use.</summary>
    public long SortingMemory => Memory - Overhead;
}
