using System.Globalization;
using System.Numerics;
using MusicMetadata.Catalog;

namespace MusicMetadata.Commands;

/// <summary>How the values of a type are written on the command line and in the environment.</summary>
/// <param name="Parse">Reads a value; throws a <see cref="FormatException"/> whose message says what to give, after a colon.</param>
/// <param name="Format">Writes one so that <paramref name="Parse"/> reads the same.</param>
internal sealed record Notation<T>(Func<string, T> Parse, Func<T, string> Format)
{
    /// <summary>The text that an option without a value stands for; null when it must have one.</summary>
    public string? TextWithoutValue { get; init; }
}

/// <summary>The notations that options share.</summary>
internal static class Notation
{
    /// <summary>Any text.</summary>
    public static Notation<string> Text { get; } = new(text => text, value => value);

    /// <summary>Any text; an empty one counts as not given.</summary>
    public static Notation<string?> OptionalText { get; } = Optional(Text);

    /// <summary>A switch of the kind that Go programs have: <c>-name</c> alone means true.</summary>
    public static Notation<bool> Switch { get; } =
        OneOf("give true or false.", ("true", true), ("false", false)) with { TextWithoutValue = "true" };

    /// <summary>The address of a web server, with or without a path.</summary>
    public static Notation<Uri> WebAddress { get; } = new(
        text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                && url.PathAndQuery == url.AbsolutePath && url.Fragment.Length == 0 && url.UserInfo.Length == 0
            ? url
            : throw new FormatException("give an address such as https://music.example.org, without a query."),
        url => url.AbsoluteUri.TrimEnd('/'));

    /// <summary>What the operator calls the catalog.</summary>
    public static Notation<CatalogIdentity?> CatalogId { get; } = Optional(new Notation<CatalogIdentity>(
        text => CatalogIdentity.CanBeGiven(text)
            ? new CatalogIdentity(text)
            : throw new FormatException($"give up to {CatalogIdentity.MaxLength} visible ASCII characters."),
        value => value.Value));

    /// <summary>A path, or a name that may not be empty.</summary>
    /// <param name="advice">What to give.</param>
    public static Notation<string> NotEmpty(string advice) =>
        new(text => text.Length > 0 ? text : throw new FormatException(advice), value => value);

    /// <summary>A whole number.</summary>
    /// <param name="min">The smallest that is taken.</param>
    /// <param name="max">The largest.</param>
    /// <param name="advice">What to give.</param>
    public static Notation<T> Number<T>(T min, T max, string advice)
        where T : IBinaryInteger<T> =>
        new(
            text => T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? value
                : throw new FormatException(advice),
            value => value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>A time in whole seconds.</summary>
    /// <param name="min">The smallest number that is taken.</param>
    /// <param name="max">The largest.</param>
    /// <param name="advice">What to give.</param>
    public static Notation<TimeSpan> Seconds(int min, int max, string advice)
    {
        var number = Number(min, max, advice);
        return new(text => TimeSpan.FromSeconds(number.Parse(text)), value => number.Format((int)value.TotalSeconds));
    }

    /// <summary>One of some words, whatever their case.</summary>
    /// <param name="advice">What to give.</param>
    /// <param name="words">Each word with its meaning; the first of several with the same meaning is how it is written.</param>
    public static Notation<T> OneOf<T>(string advice, params (string Word, T Value)[] words)
        where T : struct =>
        new(
            text =>
            {
                foreach (var (word, value) in words)
                {
                    if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                    {
                        return value;
                    }
                }

                throw new FormatException(advice);
            },
            value => words.First(word => word.Value.Equals(value)).Word);

    /// <summary>A value that an empty text leaves out.</summary>
    public static Notation<T?> Optional<T>(Notation<T> notation)
        where T : class =>
        new(text => text.Length == 0 ? null : notation.Parse(text), value => value is null ? "" : notation.Format(value));
}
