namespace MusicMetadata.Tests.Kit;

/// <summary>A folder of its own for one test, deleted afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("metadata-api-test-").FullName;

    /// <summary>A path inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Copies the small recorded catalog into the folder; returns the path of its main database.</summary>
    public string AddConformanceCatalog()
    {
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Conformance"), "*.sqlite3"))
        {
            File.Copy(file, this[System.IO.Path.GetFileName(file)]);
        }

        return this["main_database.sqlite3"];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
