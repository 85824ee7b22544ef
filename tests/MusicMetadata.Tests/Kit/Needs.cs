
namespace MusicMetadata.Tests.Kit;

/// <summary>Skips a test where it cannot run, and says why.</summary>
internal static class Needs
{
    /// <summary>Any system but Windows.</summary>
    /// <param name="what">What the test needs that Windows does not have.</param>
    public static void Unix(string what) => Assert.SkipWhen(OperatingSystem.IsWindows(), $"Windows has no {what}.");

    /// <summary>A file that a server has open can be renamed, replaced, cut short or deleted.</summary>
    public static void ReplaceableOpenFiles() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps an open file from being replaced or cut short.");

    /// <summary>Linux.</summary>
    /// <param name="what">What the test needs that others do not have.</param>
    public static void Linux(string what) => Assert.SkipUnless(OperatingSystem.IsLinux(), $"Only Linux has {what}.");

    /// <summary>The executable that users get, which METADATA_API_EXECUTABLE names.</summary>
    /// <param name="because">How the one that is compiled just in time differs.</param>
    public static void PublishedExecutable(string because) =>
        Assert.SkipUnless(ServerProcess.IsPublished, $"METADATA_API_EXECUTABLE names no published executable, and {because}.");

    /// <summary>PostgreSQL.</summary>
    public static void Postgres() =>
        Assert.SkipUnless(PostgresCluster.IsInstalled, "PostgreSQL is not installed: apt-get install postgresql-15.");
}
