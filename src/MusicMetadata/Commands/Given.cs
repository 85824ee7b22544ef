using System.CommandLine;

namespace MusicMetadata.Commands;

/// <summary>The value of an option, typed and valid, and where it came from.</summary>
internal interface IGiven
{
    /// <summary>The value as it was written, or as it could have been for a default.</summary>
    string Text { get; }

    /// <summary>What the operator changes to change it: the option, or the environment variable that it came from.</summary>
    string Name { get; }
}

/// <inheritdoc cref="IGiven"/>
/// <param name="Value">The value.</param>
/// <param name="Text">The value as it was written, or as it could have been for a default.</param>
/// <param name="Name">The option, or the environment variable that it came from.</param>
internal sealed record Given<T>(T Value, string Text, string Name) : IGiven
{
    /// <summary>What help shows as the default.</summary>
    public override string ToString() => Text;
}

/// <summary>Reading what was given.</summary>
internal static class GivenExtensions
{
    /// <summary>The value of an option of the command that was given.</summary>
    public static T Value<T>(this ParseResult parsed, Option<Given<T>> option) => parsed.GetValue(option)!.Value;
}
