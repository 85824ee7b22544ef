using System.Reflection;
using System.Text.RegularExpressions;

namespace MusicMetadata.Tests;

/// <summary>What documents name exists: files, scripts, tests, and in ARCHITECTURE.md the names of the code.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>Every document of the repository.</summary>
    public static TheoryData<string> Documents =>
    [
        .. new[] { "docs", "deploy" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_that_a_document_names_exist(string document)
    {
        var text = Read(document);
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        Assert.All(
            Link().Matches(text),
            link => Assert.True(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), $"{link.Groups[1].Value} of a link is missing."));
        Assert.All(
            RepositoryPath().Matches(text),
            path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path.Groups[1].Value)), $"{path.Groups[1].Value} is missing."));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Tests_that_a_document_names_exist(string document)
    {
        var tests = typeof(DocumentationTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                .Select(method => $"{type.FullName}.{method.Name}"))
            .ToArray();
        Assert.All(
            Filter().Matches(Read(document)),
            filter => Assert.Contains(tests, test => test.Contains(filter.Groups[1].Value, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Names_that_the_architecture_gives_are_those_of_the_code()
    {
        var sources = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".targets" or ".props")
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"));
        var words = new HashSet<string>();
        foreach (var source in sources)
        {
            words.UnionWith(Word().Matches(Path.GetFileName(source) + "\n" + File.ReadAllText(source)).Select(word => word.Value));
        }

        Assert.All(
            CodeName().Matches(Read("ARCHITECTURE.md")).SelectMany(name => name.Groups[1].Value.Split('.')),
            name => Assert.Contains(name, words));
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    /// <summary>A link to a file: neither to another site nor within the page.</summary>
    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)")]
    private static partial Regex Link();

    /// <summary>A path from the root of the repository, also when arguments follow it.</summary>
    [GeneratedRegex(@"[`\s(]((?:scripts|tests|src|docs|deploy|systemd|\.ci|\.github)/[\w./-]*[\w/-])")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"--filter ([\w.]+)")]
    private static partial Regex Filter();

    /// <summary>A type, or a member of one; not a package or namespace of others.</summary>
    [GeneratedRegex(@"`(?!Microsoft|System)([A-Z][a-z]\w*(?:\.[A-Z]\w*)*)`")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
