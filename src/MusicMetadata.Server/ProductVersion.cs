using System.Reflection;

namespace MusicMetadata.Server;

/// <summary>Which build this is, from the version in Directory.Build.props and the commit it was built from.</summary>
public static class ProductVersion
{
    private static readonly string[] Parts = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    /// <summary>Such as <c>1.2.0</c>.</summary>
    public static string Number => Parts[0];

    /// <summary>The full hash of the commit; null when it was built outside of a clone.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
