using System.Diagnostics.CodeAnalysis;
using MusicMetadata.Catalog;

namespace MusicMetadata.Loading;

/// <summary>
/// Whether this executable has PostgreSQL's client. It is 4 MB, a quarter of the whole, which those who serve files need not have:
/// <c>scripts/publish RID postgres</c> takes it in, and <c>scripts/publish RID</c> leaves it out.
/// </summary>
internal static class PostgresSupport
{
    private const string Switch = "MusicMetadata.Postgres";

    /// <summary>A constant for the compiler that publishes, which then leaves out what only this reaches.</summary>
    [FeatureSwitchDefinition(Switch)]
    public static bool IsThere => !AppContext.TryGetSwitch(Switch, out var isThere) || isThere;

    /// <summary>What is told to who asks for it where it is not.</summary>
    public static OperatorException Missing() =>
        new("This executable is the one without PostgreSQL. Take the one with it: scripts/publish RID postgres.");
}
