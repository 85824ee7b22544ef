using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>The files of a catalog, of whichever store, which need not be served to be asked.</summary>
public interface ICatalogFiles : ICatalogSource
{
    /// <summary>Where they are; first the one that the operator names.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>What the operator should know who copies them; null when nothing.</summary>
    string? MissingPart { get; }

    /// <summary>What a search index must belong to.</summary>
    /// <exception cref="IOException">A file has gone, or is being written to all the time.</exception>
    CatalogIdentity IndexIdentity();

    /// <summary>What checks them.</summary>
    ICatalogCheck Check();
}

/// <summary>Checks the files of a catalog for whoever is about to serve them, or wonders why an answer looks odd.</summary>
public interface ICatalogCheck
{
    /// <summary>Finds what is missing in them.</summary>
    /// <returns>What the server can live with, each as one sentence.</returns>
    /// <exception cref="OperatorException">Without something that is missing, nothing can be served.</exception>
    /// <exception cref="CatalogException">A file cannot be read.</exception>
    List<string> CheckSchema();

    /// <summary>Checks, quickly, whether they belong together.</summary>
    /// <returns>What was found, or null when there is nothing to check; and what is wrong, or null.</returns>
    /// <exception cref="CatalogException">A file cannot be read.</exception>
    (string? Finding, string? Problem) CheckPair();

    /// <summary>How many rows each table has: counted, which reads an index of each.</summary>
    /// <exception cref="CatalogException">A file cannot be read.</exception>
    IReadOnlyList<(string Table, long Rows)> CountRows(IWorkProgress progress);

    /// <summary>Reads everything and compares what can be compared.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    List<string> CheckIntegrity(IWorkProgress progress);
}
