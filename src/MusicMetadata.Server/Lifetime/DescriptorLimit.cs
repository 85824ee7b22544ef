using System.Runtime.InteropServices;

namespace MusicMetadata.Server.Lifetime;

/// <summary>The limit of open descriptors, of connections and files, of this process; getrlimit(2).</summary>
public static partial class DescriptorLimit
{
    private static readonly int Resource = OperatingSystem.IsLinux() ? 7 : 8;

    /// <summary>The soft limit; null where there is none, or another system than Unix.</summary>
    public static long? Current => !OperatingSystem.IsWindows() && Get(Resource, out var limit) == 0 && limit.Soft <= long.MaxValue
        ? (long)limit.Soft
        : null;

    /// <summary>
    /// Raises the soft limit to the hard one. The soft limit of most systems, 1,024, is for programs that call select(2), and a thousand
    /// connections are soon there.
    /// </summary>
    public static void Raise()
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
