using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using MusicMetadata.Commands;
using MusicMetadata.Import.Demo;

namespace MusicMetadata.Tests.Commands;

/// <summary>The options of all commands: what each is called, and what it is unless given.</summary>
public partial class OptionTests
{
    private static readonly Dictionary<string, (string Variable, string Default)> Serving = new()
    {
        ["-index"] = ("METADATA_API_INDEX", ""),
        ["-catalog-id"] = ("METADATA_API_CATALOG_ID", ""),
        ["-readers"] = ("METADATA_API_READERS", Math.Max(4, Environment.ProcessorCount * 2).ToString(CultureInfo.InvariantCulture)),
        ["-cache-size"] = ("METADATA_API_CACHE_SIZE", "2097152"),
        ["-mmap-size"] = ("METADATA_API_MMAP_SIZE", "2147483648"),
        ["-watch"] = ("METADATA_API_WATCH", "0"),
        ["-addr"] = ("METADATA_API_ADDR", ":8080"),
        ["-rate-limit"] = ("METADATA_API_RATE_LIMIT", "100"),
        ["-rate-burst"] = ("METADATA_API_RATE_BURST", "200"),
        ["-rate-limit-exempt"] = ("METADATA_API_RATE_LIMIT_EXEMPT", ""),
        ["-trusted-proxies"] = ("METADATA_API_TRUSTED_PROXIES", ""),
        ["-forwarded-header"] = ("METADATA_API_FORWARDED_HEADER", "X-Forwarded-For"),
        ["-metrics-addr"] = ("METADATA_API_METRICS_ADDR", ""),
        ["-log-level"] = ("METADATA_API_LOG_LEVEL", "info"),
        ["-log-format"] = ("METADATA_API_LOG_FORMAT", "text"),
        ["-access-log"] = ("METADATA_API_ACCESS_LOG", "false"),
        ["-max-connections"] = ("METADATA_API_MAX_CONNECTIONS", "20000"),
        ["-request-time"] = ("METADATA_API_REQUEST_TIME", "60"),
        ["-cors"] = ("METADATA_API_CORS", "*"),
        ["-auth-token-file"] = ("METADATA_API_AUTH_TOKEN_FILE", ""),
        ["-cache-control"] = ("METADATA_API_CACHE_CONTROL", "public, max-age=3600"),
        ["-ui"] = ("METADATA_API_UI", "on"),
        ["-spotify"] = ("METADATA_API_SPOTIFY", "on"),
        ["-public-url"] = ("METADATA_API_PUBLIC_URL", ""),
    };

    private static readonly (string, string) Database = ("METADATA_API_DB", "main_database.sqlite3");

    private static readonly Dictionary<string, Dictionary<string, (string Variable, string Default)>> Commands = new()
    {
        [""] = new(Serving) { ["-db"] = Database },
        ["demo"] = new(Serving)
        {
            ["-tracks"] = ("METADATA_API_TRACKS", "100000"),
            ["-seed"] = ("METADATA_API_SEED", "1"),
            ["-data"] = ("METADATA_API_DATA", new DemoOptions().Folder),
        },
        ["check"] = new() { ["-db"] = Database, ["-index"] = Serving["-index"], ["-catalog-id"] = Serving["-catalog-id"] },
        ["backup"] = new() { ["-db"] = Database },
        ["load"] = new() { ["-db"] = Database, ["-to"] = ("METADATA_API_TO", "") },
        ["healthcheck"] = new() { ["-addr"] = Serving["-addr"] },
        ["index"] = new()
        {
            ["-db"] = Database,
            ["-index"] = Serving["-index"],
            ["-catalog-id"] = Serving["-catalog-id"],
            ["-memory"] = ("METADATA_API_MEMORY", "1073741824"),
            ["-words"] = ("METADATA_API_WORDS", "on"),
        },
        ["compact"] = new()
        {
            ["-db"] = Database,
            ["-out"] = ("METADATA_API_OUT", ""),
            ["-memory"] = ("METADATA_API_MEMORY", "1073741824"),
            ["-level"] = ("METADATA_API_LEVEL", "15"),
        },
        ["import musicbrainz"] = new() { ["-out"] = ("METADATA_API_OUT", "."), ["-memory"] = ("METADATA_API_MEMORY", "1073741824") },
        ["match"] = new()
        {
            ["-out"] = ("METADATA_API_OUT", ""),
            ["-format"] = ("METADATA_API_FORMAT", "same"),
            ["-db"] = Database,
            ["-index"] = Serving["-index"],
            ["-catalog-id"] = Serving["-catalog-id"],
            ["-server"] = ("METADATA_API_SERVER", ""),
            ["-token-file"] = ("METADATA_API_TOKEN_FILE", ""),
        },
        ["version"] = [],
    };

    /// <summary>Options that say what to do this once, which no variable does.</summary>
    private static readonly string[] WithoutVariable = ["-full", "-only-write", "-compact", "-verify"];

    public static TheoryData<string> CommandNames => [.. Commands.Keys];

    /// <summary>Everything but the executable, which is the only one to know its command line.</summary>
    public static TheoryData<string> CoreAssemblies =>
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "MusicMetadata.*.dll").Select(path => Path.GetFileName(path))
            .Where(name => name != "MusicMetadata.Tests.dll")];

    [Fact]
    public void Every_command_is_among_the_tested_ones() =>
        Assert.Equal(
            Commands.Keys.Where(name => name.Length > 0).Order(),
            CommandLine.Create().Subcommands
                .SelectMany(command => command.Subcommands.Select(below => $"{command.Name} {below.Name}").DefaultIfEmpty(command.Name))
                    .Order());

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_option_has_this_default_and_this_variable(string name)
    {
        var parsed = CommandLine.Parse(Words(name));
        Assert.Empty(parsed.Errors);
        var options = parsed.CommandResult.Command.Options
            .Where(option => option is not (HelpOption or VersionOption) && !WithoutVariable.Contains(option.Name));
        var found = options.ToDictionary(option => option.Name, option =>
        {
            Assert.Contains("-" + option.Name, option.Aliases);
            var variable = VariableInHelp().Match(option.Description!).Groups[1].Value;
            return (variable, parsed.GetResult(option)!.GetValueOrDefault<IGiven>().Text);
        });
        Assert.Equivalent(Commands[name], found, strict: true);
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void A_default_is_what_its_text_says(string name)
    {
        var defaults = Commands[name].Where(option => option.Value.Default.Length > 0)
            .Select(option => $"{option.Key}={option.Value.Default}");
        Assert.Empty(CommandLine.Parse([.. Words(name), .. defaults]).Errors);
    }

    [Theory]
    [MemberData(nameof(CoreAssemblies))]
    public void No_text_of_a_core_assembly_names_an_option(string assembly)
    {
        var root = CommandLine.Create();
        var names = root.Subcommands.SelectMany(command => command.Subcommands.Append(command)).Append(root)
            .SelectMany(command => command.Options)
            .Select(option => option.Name.TrimStart('-'))
            .Where(name => name is not ("?" or "h" or "help" or "version"));
        var option = new Regex($@"(?<![\w-])--?({string.Join('|', names.Distinct().Select(Regex.Escape))})(?![\w-])|METADATA_API_");
        var texts = TextsOf(Path.Combine(AppContext.BaseDirectory, assembly));
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => option.IsMatch(text));
    }

    [Fact]
    public void The_executable_is_found_to_name_options() =>
        Assert.Contains(
            TextsOf(Path.Combine(AppContext.BaseDirectory, "metadata-api.dll")),
            text => text.Contains("-mmap-size 0", StringComparison.Ordinal));

    /// <summary>The command with the arguments that it must have.</summary>
    private static string[] Words(string name) => name switch
    {
        "" => [],
        "backup" => [name, "folder"],
        "match" => [name, "list.csv"],
        "import musicbrainz" => [.. name.Split(' '), "dump"],
        _ => [name],
    };

    private static List<string> TextsOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(0); !handle.IsNil || texts.Count == 0; handle = metadata.GetNextHandle(handle))
        {
            texts.Add(metadata.GetUserString(handle));
        }

        return texts;
    }

    [GeneratedRegex(@"\[(METADATA_API_\w+)\]$")]
    private static partial Regex VariableInHelp();
}
