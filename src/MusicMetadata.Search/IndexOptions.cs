using MusicMetadata.Catalog;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Search;

/// <summary>How an index is built. The defaults of the index command stand here.</summary>
public sealed record IndexOptions
{
    /// <summary>The least memory to build with: enough for the buffers of a catalog of 256 million tracks.</summary>
    public const long LeastMemory = Overhead + (64L << 20);

    /// <summary>What the process takes beside the arrays of a step: runtime, SQLite, buffers, and what the collector has not collected yet. Measured: 70 to 150 MB.</summary>
    private const long Overhead = 128L << 20;

    /// <summary>Path of <c>main_database.sqlite3</c>.</summary>
    public required string Database { get; init; }

    /// <summary>Path of the index; empty for <see cref="IndexSchema.FileName"/> beside the database.</summary>
    public string Index { get; init; } = "";

    /// <summary>What the operator calls the catalog, as <see cref="StoreOptions.CatalogId"/>; empty for what the file itself tells.</summary>
    public string CatalogId { get; init; } = "";

    /// <summary>About how many bytes the process may use. More makes fewer and larger runs, hardly a shorter time.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>How many of them a step may use.</summary>
    public long WorkingMemory => Memory - Overhead;

    /// <summary>Path of the index, given or not.</summary>
    public string IndexPath => PathOf(Index, Database);

    /// <summary>Path of an index that was given, or that lies beside a database.</summary>
    public static string PathOf(string index, string database) =>
        index.Length > 0 ? Path.GetFullPath(index) : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database))!, IndexSchema.FileName);

    /// <summary>Finds what no index can be built with.</summary>
    /// <exception cref="OperatorException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Memory < LeastMemory)
        {
            throw new OperatorException($"-memory is {Memory}: give at least {LeastMemory} bytes (192 MiB).");
        }

        if (!CatalogIdentity.CanBeGiven(CatalogId))
        {
            throw new OperatorException($"-catalog-id is '{CatalogId}': give up to {CatalogIdentity.MaxLength} visible ASCII characters.");
        }

        if (Index == StoreOptions.NoIndex)
        {
            throw new OperatorException("-index is off: give the path of the index to build, or leave it out.");
        }

        if (Directory.Exists(IndexPath))
        {
            throw new OperatorException($"{IndexPath} is a folder. Give the path of a file with -index.");
        }
    }
}
