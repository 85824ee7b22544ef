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
        return new Option<T>("-" + name, "--" + name)
        {
            HelpName = valueName,
            Description = $"{description} [{EnvironmentName(name)}]",

            // Only that of a bool may come without a value, which means true, as Go programs have it.
            CustomParser = result => Parse<T>(result, result.Tokens is [var token] ? token.Value : "true", "-" + name),
            DefaultValueFactory = result => VariableOf(name) is { } variable ? Parse<T>(result, Environment.GetEnvironmentVariable(variable)!, variable) : fallback,
        };
    }

    /// <summary>The environment twin of an option.</summary>
    public static string EnvironmentName(string option) => "METADATA_API_" + option.Replace('-', '_').ToUpperInvariant();

    /// <summary>An error that begins with an option, with the name of its variable instead if that is where the value came from.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="message">Such as <c>-readers is 0: give 1 to 1024.</c></param>
    public static string NameSource(ParseResult parsed, string message)
    {
        var name = message.Split(' ', ':')[0];
        return parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is { } option
            && parsed.GetResult(option) is { Implicit: true }
            && VariableOf(name[1..]) is { } variable
                ? variable + message[name.Length..]
                : message;
    }

    /// <summary>The variable that an option takes its value from; null when none is set. Empty ones count as not set.</summary>
    private static string? VariableOf(string option)
    {
        // The second name is that of the documentation of the server before this one.
        string[] names = option == "log-level" ? [EnvironmentName(option), "LOG_LEVEL"] : [EnvironmentName(option)];
        return names.FirstOrDefault(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
    }

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
