namespace MusicMetadata.Server.Access;

/// <summary>Origins of web pages, such as <c>https://music.example</c>.</summary>
public sealed class OriginList
{
    private const string Anything = "*";
    private const string Nothing = "off";

    private OriginList(string[] origins) => Origins = origins;

    /// <summary>Every origin.</summary>
    public static OriginList Any { get; } = new([Anything]);

    /// <summary>No origin.</summary>
    public static OriginList Empty { get; } = new([]);

    /// <summary>The origins, of which one may be <c>*</c> for any.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>Whether every origin is in the list.</summary>
    public bool IsAny => Origins.Contains(Anything);

    /// <summary>Whether none is.</summary>
    public bool IsEmpty => Origins.Count == 0;

    /// <summary>Reads a list.</summary>
    /// <param name="text">Origins with commas between them, <c>*</c> for any, <c>off</c> or nothing for none.</param>
    /// <exception cref="FormatException">Something in it is no origin; the message names it and says what to give.</exception>
    public static OriginList Parse(string text)
    {
        if (text is Nothing or "")
        {
            return Empty;
        }

        var origins = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return origins.FirstOrDefault(origin => origin != Anything && !IsOrigin(origin)) is { } other
            ? throw new FormatException($"'{other}' is no origin; give *, off, or some such as https://a.example,http://localhost:3000.")
            : new OriginList(origins);
    }

    /// <summary>The list as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => IsEmpty ? Nothing : string.Join(',', Origins);

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
