namespace MusicMetadata.Server.Api.Spotify;

/// <summary>What <c>q</c> says: free text, and filters such as <c>artist:"…"</c>.</summary>
/// <param name="text">See <see cref="Text"/>.</param>
/// <param name="filters">See <see cref="Filters"/>.</param>
internal sealed class SearchText(string text, List<SearchFilter> filters)
{
    /// <summary>The names that begin a filter, by their numbers.</summary>
    private static readonly string[] Names = ["track", "artist", "album", "isrc", "upc", "year", "genre", "tag"];

    /// <summary>The free text, without white space around it; empty for none.</summary>
    public string Text { get; } = text;

    /// <summary>The filters in their order, with values that are not empty.</summary>
    public List<SearchFilter> Filters { get; } = filters;

    /// <summary>
    /// Reads it. Any text means something: only the known names begin a filter, quotes that are not closed are part of the text, and
    /// nothing is an operator.
    /// </summary>
    public static SearchText Parse(string q)
    {
        var text = new System.Text.StringBuilder();
        var filters = new List<SearchFilter>();
        var position = 0;
        while (position < q.Length)
        {
            if (TryReadName(q, position, out var name, out var start))
            {
                var value = ReadValue(q, start, out position);
                if (value.Length > 0)
                {
                    filters.Add(new SearchFilter(name, value));
                }

                // What follows a quotation mark is a piece of its own.
                _ = text.Append(' ');
            }
            else
            {
                _ = text.Append(q[position++]);
            }
        }

        return new SearchText(text.ToString().Trim(), filters);
    }

    /// <summary>Reads a name with its colon that stands at the beginning or behind white space.</summary>
    private static bool TryReadName(string q, int position, out FilterName name, out int end)
    {
        (name, end) = (default, 0);
        if (position > 0 && !char.IsWhiteSpace(q[position - 1]) && q[position - 1] is not ('"' or '\''))
        {
            return false;
        }

        for (var i = 0; i < Names.Length; i++)
        {
            end = position + Names[i].Length + 1;
            if (end <= q.Length && q[end - 1] == ':' && q.AsSpan(position..(end - 1)).Equals(Names[i], StringComparison.OrdinalIgnoreCase))
            {
                name = (FilterName)i;
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a value in quotation marks, or a bare one, which runs to the next filter or the end.</summary>
    private static string ReadValue(string q, int start, out int end)
    {
        if (start < q.Length && q[start] == '"' && q.IndexOf('"', start + 1) is > 0 and var quote)
        {
            end = quote + 1;
            return q[(start + 1)..quote].Trim();
        }

        if (start < q.Length && q[start] == '\'')
        {
            for (var apostrophe = start + 1; apostrophe < q.Length; apostrophe++)
            {
                if (q[apostrophe] == '\'' && IsEndOrFilter(q, apostrophe + 1))
                {
                    end = apostrophe + 1;
                    return q[(start + 1)..apostrophe].Trim();
                }
            }
        }

        for (end = start; end < q.Length && !(char.IsWhiteSpace(q[end]) && TryReadName(q, end + 1, out _, out _)); end++)
        {
        }

        return q[start..end].Trim();
    }

    /// <summary>Whether nothing follows but white space, or a filter behind it.</summary>
    private static bool IsEndOrFilter(string q, int position)
    {
        var next = position;
        while (next < q.Length && char.IsWhiteSpace(q[next]))
        {
            next++;
        }

        return next == q.Length || (next > position && TryReadName(q, next, out _, out _));
    }
}

/// <summary>A condition of a search.</summary>
/// <param name="name">What it is about.</param>
/// <param name="value">What it must be.</param>
internal sealed class SearchFilter(FilterName name, string value)
{
    /// <summary>What it is about.</summary>
    public FilterName Name { get; } = name;

    /// <summary>What it must be.</summary>
    public string Value { get; } = value;
}

/// <summary>The names that begin a filter.</summary>
internal enum FilterName
{
    /// <summary>Words of a track's name.</summary>
    Track,

    /// <summary>Words of the names of artists.</summary>
    Artist,

    /// <summary>Words of an album's name.</summary>
    Album,

    /// <summary>The International Standard Recording Code of a track.</summary>
    Isrc,

    /// <summary>The Universal Product Code of an album.</summary>
    Upc,

    /// <summary>A year of release, or two with a hyphen between them.</summary>
    Year,

    /// <summary>A genre of an artist.</summary>
    Genre,

    /// <summary><c>new</c> or <c>hipster</c>.</summary>
    Tag,
}
