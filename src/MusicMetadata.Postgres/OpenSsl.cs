using System.Runtime.InteropServices;
using MusicMetadata.Catalog;

namespace MusicMetadata.Postgres;

/// <summary>
/// The library that the framework loads for passwords and TLS on Linux. Without it the framework ends the process, so it is looked for
/// before.
/// </summary>
internal static class OpenSsl
{
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    /// <summary>Makes sure that it is there.</summary>
    /// <exception cref="OperatorException">It is not.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsLinux() && !Names.Any(name => NativeLibrary.TryLoad(name, out _)))
        {
            throw new OperatorException(
                "A catalog in PostgreSQL needs OpenSSL for passwords and TLS, and this machine has none. On Debian and Ubuntu: apt-get "
                    + "install libssl3; for containers docs/scale-out.md names an image that has it.");
        }
    }
}
