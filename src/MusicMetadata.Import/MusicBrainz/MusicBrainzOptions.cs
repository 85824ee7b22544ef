using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>What of MusicBrainz is imported, and how. The defaults stand here.</summary>
public sealed record MusicBrainzOptions() : BuildOptions(Overhead)
{
    /// <summary>The smallest <see cref="BuildOptions.Memory"/>.</summary>
    public const long MinMemory = Overhead + MinWorkingMemory;

    /// <summary>
    /// What is not for sorting: SQLite's cache, who is credited where, labels, types and positions of all that MusicBrainz has, and the
    /// runtime.
    /// </summary>
    private const long Overhead = 512L << 20;

    /// <summary>Archives of one dump, and folders into which such were extracted.</summary>
    public required IReadOnlyList<string> Dumps { get; init; }

    /// <summary>The folder for the two database files.</summary>
    public required string Folder { get; init; }
}
