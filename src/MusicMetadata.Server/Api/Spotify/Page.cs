namespace MusicMetadata.Server.Api.Spotify;

/// <summary>A part of a list, with the addresses of the parts before and after.</summary>
/// <param name="Address">The address of the list with its other parameters, each with an ampersand behind.</param>
/// <param name="Limit">How many items a part has at most.</param>
/// <param name="Offset">How many stand before this part.</param>
/// <param name="Total">How many there are in all.</param>
internal readonly record struct Page(string Address, int Limit, int Offset, int Total)
{
    /// <summary>The most that a part may have.</summary>
    public const int MaxLimit = 50;

    private const int DefaultLimit = 20;

    /// <summary>Where the last part ends that can be asked for; it is shorter if it must be.</summary>
    public int End { get; init; } = int.MaxValue;

    /// <summary>Reads <c>limit</c> and <c>offset</c>.</summary>
    /// <exception cref="ClientException">One is no number, or out of range.</exception>
    public static (int Limit, int Offset) Read(HttpRequest request)
    {
        var limit = Number(request, "limit") ?? DefaultLimit;
        return (limit is >= 1 and <= MaxLimit ? limit : throw Errors.Bad("Invalid limit"), Number(request, "offset") ?? 0);
    }

    /// <summary>Writes the beginning of a page; its items follow.</summary>
    public void WriteStart(JsonText json)
    {
        json.Append("{\"href\":"u8);
        json.AppendText(AddressOf(Offset, Limit));
        json.Append(",\"items\":["u8);
    }

    /// <summary>Writes the end of a page.</summary>
    public void WriteEnd(JsonText json)
    {
        var next = (long)Offset + Limit;
        json.Append("],\"limit\":"u8);
        json.AppendNumber(Limit);
        json.Append(",\"next\":"u8);
        WriteAddress(json, next < Math.Min(Total, End) ? AddressOf((int)next, (int)Math.Min(Limit, End - next)) : null);
        json.Append(",\"offset\":"u8);
        json.AppendNumber(Offset);
        json.Append(",\"previous\":"u8);

        // No item of this part is in the one before, which is shorter if it must be.
        WriteAddress(json, Offset > 0 ? AddressOf(Math.Max(0, Offset - Limit), Math.Min(Offset, Limit)) : null);
        json.Append(",\"total\":"u8);
        json.AppendNumber(Total);
        json.Append("}"u8);
    }

    private string AddressOf(int offset, int limit) => $"{Address}offset={offset}&limit={limit}";

    private static void WriteAddress(JsonText json, string? address)
    {
        if (address is null)
        {
            json.Append("null"u8);
        }
        else
        {
            json.AppendText(address);
        }
    }

    /// <summary>A whole number of a few digits, not negative.</summary>
    private static int? Number(HttpRequest request, string name) => request.Query[name] is not [var text, ..]
        ? null
        : text is { Length: >= 1 and <= 9 } && text.All(char.IsAsciiDigit)
        ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
        : throw Errors.Bad("Invalid " + name);
}
