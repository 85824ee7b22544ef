using System.CommandLine;
using System.CommandLine.Parsing;

namespace MusicMetadata.Commands;

/// <summary>Makes options that look alike: <c>-name</c>, <c>--name</c>, and <c>METADATA_API_NAME</c> in the environment.</summary>
internal static class Setting
{
    /// <summary>An option with an environment twin and a default.</summary>
    /// <param name="name">Such as <c>rate-limit</c>.</param>
    /// <param name="valueName">What help calls the value, such as <c>bytes</c>.</param>
    /// <param name="description">One sentence for help.</param>
    /// <param name="fallback">The value when neither is given.</param>
    /// <param name="notation">How the value is written.</param>
    public static Option<Given<T>> Create<T>(string name, string valueName, string description, T fallback, Notation<T> notation)
    {
        var option = "-" + name;
        return new Option<Given<T>>(option, "--" + name)
        {
            HelpName = valueName,
            Description = $"{description} [{EnvironmentName(name)}]",
            Arity = notation.TextWithoutValue is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
            CustomParser = result => Parse(result, notation, result.Tokens.Single().Value, option),

            // Also asked for when the option stands without a value, which only that of a switch may.
            DefaultValueFactory = result =>
                result.Parent is OptionResult { Implicit: false } ? Parse(result, notation, notation.TextWithoutValue!, option)!
                : VariableOf(name) is { } variable ? Parse(result, notation, Environment.GetEnvironmentVariable(variable)!, variable)!
                : new Given<T>(fallback, notation.Format(fallback), option),
        };
    }

    /// <summary>The environment twin of an option.</summary>
    public static string EnvironmentName(string option) => "METADATA_API_" + option.Replace('-', '_').ToUpperInvariant();

    /// <summary>The variable that an option takes its value from; null when none is set. Empty ones count as not set.</summary>
    private static string? VariableOf(string option)
    {
        // The second name is that of the documentation of the server before this one.
        string[] names = option == "log-level" ? [EnvironmentName(option), "LOG_LEVEL"] : [EnvironmentName(option)];
        return names.FirstOrDefault(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
    }

    private static Given<T>? Parse<T>(ArgumentResult result, Notation<T> notation, string text, string name)
    {
        try
        {
            return new Given<T>(notation.Parse(text), text, name);
        }
        catch (FormatException e)
        {
            result.AddError($"{name} is '{text}': {e.Message}");
            return null;
        }
    }
}
