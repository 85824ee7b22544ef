using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace MusicMetadata.Tests.Deployment;

/// <summary>A YAML or JSON file of the repository, read as the tools that it is for would.</summary>
internal sealed class ConfigFile
{
    private readonly YamlNode _root;

    private ConfigFile(YamlNode root) => _root = root;

    /// <summary>Every such file below <c>deploy/</c> and <c>.github/</c>, as paths from the root of the repository.</summary>
    public static IEnumerable<string> All() => new[] { "deploy", ".github" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
        .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It is called JSON and is none.</exception>
    /// <exception cref="YamlDotNet.Core.YamlException">It is no YAML, or gives a key twice.</exception>
    public static ConfigFile Read(string path)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        if (path.EndsWith(".json", StringComparison.Ordinal))
        {
            using var strict = JsonDocument.Parse(text);
        }

        // All JSON is YAML.
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return new ConfigFile(Assert.Single(yaml.Documents).RootNode);
    }

    /// <summary>
    /// The value at a path such as <c>spec/containers/0/image</c>; the items of a list with commas between them; null when there is none.
    /// In a key, <c>~</c> stands for <c>/</c>.
    /// </summary>
    public string? this[string path]
    {
        get
        {
            return path.Split('/').Aggregate(_root, (YamlNode? node, string step) => node switch
            {
                YamlMappingNode mapping => mapping.Children.TryGetValue(new YamlScalarNode(step.Replace('~', '/')), out var value)
                    ? value
                    : null,
                YamlSequenceNode sequence when int.TryParse(step, out var index) && index < sequence.Children.Count => sequence[index],
                _ => null,
            }) switch
            {
                YamlScalarNode scalar => scalar.Value,
                YamlSequenceNode sequence => string.Join(',', sequence),
                null => null,
                var node => node.ToString(),
            };
        }
    }

    /// <summary>Every text in the file that is not a key.</summary>
    public IEnumerable<string> Values() => _root.AllNodes.OfType<YamlScalarNode>().Select(node => node.Value ?? "");
}
