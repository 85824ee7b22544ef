using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MusicMetadata.Commands;

/// <summary>Makes options that look alike: <c>-name</c>, <c>--name</c>, and <c>METADATA_API_NAME</c> in the environment.</summary>
internal static class Setting
{
    /// <summary>An option with an environment twin and a default.</summary>
    /// <param name="name">Such as <c>rate-limit</c>.</param>
    /// <param name="valueName">What help calls the value, such as <c>bytes</c>.</param>
    /// <param name="description">One sentence for help.</param>
    /// <param name="fallback">The value when neither is given.</param>
    public static Option<T> Create<T>(string name, string valueName, string description, T fallback)
        where T : IParsable<T>
    {
        var variable = EnvironmentName(name);
        return new Option<T>("-" + name, "--" + name)
        {
            HelpName = valueName,
            Description = $"{description} [{variable}]",
            CustomParser = result => Parse<T>(result, result.Tokens[0].Value, "-" + name),
            DefaultValueFactory = result => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? Parse<T>(result, text, variable) : fallback,
        };
    }

    /// <summary>The environment twin of an option.</summary>
    public static string EnvironmentName(string option) => "METADATA_API_" + option.Replace('-', '_').ToUpperInvariant();

    private static T Parse<T>(ArgumentResult result, string text, string name)
        where T : IParsable<T>
    {
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        result.AddError($"{name} is '{text}': give {(typeof(T) == typeof(bool) ? "true or false" : "a whole number")}.");
        return default!;
    }
}
