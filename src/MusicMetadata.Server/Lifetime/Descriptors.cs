using System.Runtime.InteropServices;

namespace MusicMetadata.Server.Lifetime;

/// <summary>How many descriptors, of connections and files, this process may have; getrlimit(2).</summary>
public static partial class Descriptors
{
    private static readonly int Resource = OperatingSystem.IsLinux() ? 7 : 8;

    /// <summary>The number; null where there is no limit, or another system than Unix.</summary>
    public static long? Most => !OperatingSystem.IsWindows() && Get(Resource, out var limit) == 0 && limit.Soft <= long.MaxValue ? (long)limit.Soft : null;

    /// <summary>
    /// Takes as many as this process may have. The lower number that most systems begin with, 1,024, is for programs that call select(2), and a
    /// thousand connections are soon there.
    /// </summary>
    public static void TakeAll()
    {
        // macOS refuses more than OPEN_MAX without saying so beforehand; it has its own way of setting the limit.
        if (OperatingSystem.IsLinux() && Get(Resource, out var limit) == 0 && limit.Soft < limit.Hard)
        {
            _ = Set(Resource, limit with { Soft = limit.Hard });
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int Get(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int Set(int resource, in Limit limit);

    private readonly record struct Limit(ulong Soft, ulong Hard);
}
