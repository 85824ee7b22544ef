using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>A store whose catalog lies in files of this machine, and what whoever runs the program asks of it besides answers.</summary>
public interface IFileStore : ICatalogStore
{
    /// <summary>What a search index must belong to: changes when names, their order or keys do, unless an id was given.</summary>
    CatalogIdentity IndexIdentity { get; }

    /// <summary>The identity of the files themselves, whatever id was given: by it changes are noticed.</summary>
    CatalogIdentity FilesIdentity { get; }

    /// <summary>What whoever runs the program should know about the files: each a sentence with the consequence and the remedy.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>What is wrong with files that opened well, such as two that do not belong together; null when nothing is.</summary>
    string? FindProblem();

    /// <summary>Why it must not be served in the place of another one that is served; null when it may.</summary>
    string? FindProblemInPlaceOf(IFileStore served);

    /// <summary>What the log tells about the files when they are opened: their paths and sizes, and how SQLite reads them.</summary>
    /// <exception cref="SqliteException">A file cannot be read.</exception>
    (string Files, string Pragmas) Describe();
}

/// <summary>The files of a catalog, of whichever store, which need not be served to be asked.</summary>
public interface ICatalogFiles
{
    /// <summary>Where they are; first the one that the operator names.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>What the operator should know who copies them; null when nothing.</summary>
    string? MissingPart { get; }

    /// <summary>The identity of all of them.</summary>
    /// <exception cref="IOException">A file has gone, or is being written to all the time.</exception>
    CatalogIdentity Identity();

    /// <summary>What a search index must belong to.</summary>
    /// <inheritdoc cref="Identity" path="/exception"/>
    CatalogIdentity IndexIdentity();

    /// <summary>Opens the store.</summary>
    /// <exception cref="OperatorException">A file is unreadable, damaged, not the expected one, or was replaced meanwhile.</exception>
    IFileStore Open(StoreOptions options);

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
