using System.Reflection;
using System.Runtime.CompilerServices;

namespace MusicMetadata.Tests;

/// <summary>What ARCHITECTURE.md says about which room may know what, held against the source.</summary>
public class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "MusicMetadata");

    public static TheoryData<string, string[]> Rules => new()
    {
        // Text that may appear, and the rooms (or files) it may appear in.
        { "NativeMethods", ["Sqlite", "Search"] },
        { "Connection.Open", ["Sqlite", "Search", "Demo"] },
        { "using Microsoft.AspNetCore", ["Http", "Commands/ServeCommand.cs"] },
        { "using System.CommandLine", ["Commands"] },
        { "using MusicMetadata.Commands", ["Commands", "Program.cs"] },
        { "using MusicMetadata.Http", ["Http", "Commands"] },
        { "using MusicMetadata.Sqlite", ["Sqlite", "Search", "Demo", "Commands"] },
        { "using MusicMetadata.Search", ["Search", "Commands"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_room_knows_only_what_it_may(string text, string[] rooms)
    {
        var users = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(Source, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal))
            .Where(file => file.Text.Contains(text, StringComparison.Ordinal))
            .Select(file => file.Name)
            .ToList();
        Assert.All(users, name => Assert.Contains(rooms, room => name == room || name.StartsWith(room + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_public_but_what_the_compiler_makes_so()
    {
        var types = typeof(Http.BadInputTests).Assembly.GetReferencedAssemblies().Where(name => name.Name == "metadata-api").Select(Assembly.Load).Single().GetExportedTypes();
        Assert.DoesNotContain(types, type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && type.Name != "Program");
    }
}
