namespace MusicMetadata.Search;

/// <summary>How the search index is opened, and where it lies.</summary>
public sealed record SearchOptions
{
    /// <summary>Path of the index, which need not be there yet; null to search without one.</summary>
    public required string? IndexPath { get; init; }

    /// <summary>How many may search in it at once: as many as there are readers of the catalog, of which each search holds one.</summary>
    public required int Connections { get; init; }

    /// <summary>Bytes of the index that every connection maps into memory; 0 for none.</summary>
    public long MmapSize { get; init; }

    /// <summary>The command that builds the index, which the log names whenever there is none to use.</summary>
    public string BuildCommand { get; init; } = "";

    /// <summary>Path of the index of a database unless another one is given: beside it.</summary>
    public static string PathBeside(string database)
    {
        var path = Path.GetFullPath(database);

        // The root, which is no database but can be given for one, lies in no folder.
        return Path.Combine(Path.GetDirectoryName(path) ?? path, IndexSchema.FileName);
    }
}
