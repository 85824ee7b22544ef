using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>How an index is built. The defaults of the index command stand here.</summary>
public sealed record IndexOptions() : BuildOptions(Overhead)
{
    /// <summary>The smallest <see cref="BuildOptions.Memory"/>: enough for the buffers of a catalog of 256 million tracks.</summary>
    public const long MinMemory = Overhead + MinWorkingMemory;

    /// <summary>
    /// What the process takes beside the arrays of a step: runtime, SQLite, buffers, and what the collector has not collected yet.
    /// Measured: 70 to 150 MB.
    /// </summary>
    private const long Overhead = 128L << 20;

    /// <summary>
    /// Whether it has words, years and genres, which <see cref="CatalogSearch.FindAsync"/> finds by: three tenths of it, and two fifths of
    /// the time to build it.
    /// </summary>
    public bool Terms { get; init; } = true;

    /// <summary>Path of the index, <see cref="SearchOptions.PathBeside"/> the database as a rule.</summary>
    public required string IndexPath { get; init; }
}
