namespace MusicMetadata.Tests.Kit;

/// <summary>The clone that these tests were built in, for tests of files that are not part of the program.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MusicMetadata.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No MusicMetadata.sln above {AppContext.BaseDirectory}.");
    }
}
