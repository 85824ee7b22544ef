using System.Reflection;

namespace MusicMetadata.Tests;

/// <summary>Which part of the program may use which: what ARCHITECTURE.md draws, read from the compiled assemblies.</summary>
public class ArchitectureTests
{
    private const string AspNet = "Microsoft.AspNetCore";
    private const string Interop = "native interop";

    /// <summary>Every assembly of the program with all that it may use beyond the base class library.</summary>
    public static TheoryData<string, string[]> Rules => new()
    {
        { "MusicMetadata.Catalog", [] },
        { "MusicMetadata.Matching", ["MusicMetadata.Catalog", "System.IO.Hashing"] },
        {
            "MusicMetadata.Sqlite",
            ["MusicMetadata.Catalog", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "System.IO.Hashing", "ZstdSharp", Interop]
        },
        {
            "MusicMetadata.Compact",
            ["MusicMetadata.Catalog", "MusicMetadata.Sqlite", "Microsoft.Data.Sqlite", "System.IO.Hashing", "ZstdSharp"]
        },
        {
            "MusicMetadata.SqliteStore",
            ["MusicMetadata.Catalog", "MusicMetadata.Sqlite", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "System.IO.Hashing"]
        },
        {
            "MusicMetadata.Search",
            [
                "MusicMetadata.Catalog", "MusicMetadata.Matching", "MusicMetadata.Sqlite", "Microsoft.Data.Sqlite",
                "Microsoft.Extensions.Logging", "System.IO.Hashing", "ZstdSharp",
            ]
        },
        {
            "MusicMetadata.Import",
            ["MusicMetadata.Catalog", "MusicMetadata.Sqlite", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "ICSharpCode.SharpZipLib"]
        },
        { "MusicMetadata.Postgres", ["MusicMetadata.Catalog", "Npgsql", "System.IO.Hashing"] },
        {
            "MusicMetadata.Server",
            [
                "MusicMetadata.Catalog", "MusicMetadata.Matching", "MusicMetadata.Search", AspNet, "Microsoft.Extensions",
                "Microsoft.Net.Http.Headers", "OpenTelemetry", "System.IO.Hashing", Interop,
            ]
        },
        { "metadata-api", ["MusicMetadata", AspNet, "CsvHelper", "Microsoft.Extensions", "System.CommandLine"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void An_assembly_uses_only_what_it_may(string name, string[] allowed)
    {
        var assembly = Assembly.Load(name);
        var used = assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(reference => !IsBaseLibrary(reference));
        var methods = assembly.GetTypes().SelectMany(type => type.GetMethods(All));
        if (methods.Any(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)))
        {
            used = used.Append(Interop);
        }

        Assert.All(
            used,
            one => Assert.Contains(allowed, prefix => one == prefix || one.StartsWith(prefix + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_assembly_of_the_program_has_a_rule()
    {
        var ruled = Rules.Select(rule => rule.Data.Item1).Order();
        var built = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => name == "metadata-api" || name.StartsWith("MusicMetadata.", StringComparison.Ordinal))
            .Where(name => name != "MusicMetadata.Tests");
        Assert.Equal(ruled, built.Order());
    }

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>What every .NET program has. Packages whose names begin with System are named in the rules.</summary>
    private static bool IsBaseLibrary(string name) =>
        name is not ("System.IO.Hashing" or "System.CommandLine")
            && (name.StartsWith("System", StringComparison.Ordinal) || name is "Microsoft.Win32.Primitives" or "netstandard");
}
