using MusicMetadata.Import.MusicBrainz;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>The catalog of <see cref="AwkwardDump"/>, made once for the tests of a class.</summary>
public sealed class ImportedCatalog : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public ImportedCatalog()
    {
        Import(_folder["out"], AwkwardDump.Create().WriteArchives(_folder["dump"]), _said);
    }

    /// <summary>Path of the main database.</summary>
    public string Main => _folder["out/main_database.sqlite3"];

    /// <summary>Path of the track files.</summary>
    public string TrackFiles => _folder["out/track_files.sqlite3"];

    /// <summary>What the import said.</summary>
    public IReadOnlyList<string> Said => _said;

    public void Dispose() => _folder.Dispose();

    /// <summary>Imports a dump without showing progress.</summary>
    internal static void Import(string folder, string[] dumps, List<string>? said = null, long? memory = null) =>
        new MusicBrainzImport(
            new MusicBrainzOptions { Dumps = dumps, Folder = folder, Memory = memory ?? MusicBrainzOptions.MinMemory },
            text => said?.Add(text),
            new NoProgress()).Run(default);
}
