using MusicMetadata.Matching;

namespace MusicMetadata.Lists;

/// <summary>Reads playlists: a line for each file, with what players write above it.</summary>
internal static class PlaylistReader
{
    /// <summary>What each row has, for those who want a table of it.</summary>
    public static readonly IReadOnlyList<string> Columns = ["location", "text", "duration_ms"];

    private const string Header = "#EXTM3U";
    private const string Title = "#EXTINF:";
    private const string Album = "#EXTALB:";
    private const string Artist = "#EXTART:";

    /// <summary>Begins to read.</summary>
    public static MatchList Read(TextReader text) => new(ListFormat.M3u8, Columns, ',', ReadRows(text));

    private static IEnumerable<ListRow> ReadRows(TextReader text)
    {
        var (title, duration, album, artist, comments) = ("", (int?)null, "", "", new List<string>());
        while (text.ReadLine() is { } line)
        {
            line = line.Trim();
            if (Rest(line, Title) is { } information)
            {
                (duration, title) = ReadInformation(information);
            }
            else if (line.Length > 0 && line[0] == '#')
            {
                album = Rest(line, Album) ?? album;
                artist = Rest(line, Artist) ?? artist;
                if (Rest(line, Header) is null && Rest(line, PlaylistWriter.Mark) is null)
                {
                    comments.Add(line);
                }
            }
            else if (line.Length > 0)
            {
                var name = title.Length > 0 ? title : NameOf(line);
                var hasArtist = artist.Length > 0;
                var item = new MatchItem
                {
                    Title = hasArtist ? TableColumns.Cut(name) : null,
                    Text = hasArtist ? null : TableColumns.Cut(name),
                    Artists = hasArtist ? [TableColumns.Cut(artist)] : [],
                    Album = album.Length > 0 ? TableColumns.Cut(album) : null,
                    DurationMs = duration,
                };
                yield return new ListRow(item, [line, title, $"{duration}"], comments);
                (title, duration, album, artist, comments) = ("", null, "", "", []);
            }
        }
    }

    private static string? Rest(string line, string opening) =>
        line.StartsWith(opening, StringComparison.OrdinalIgnoreCase) ? line[opening.Length..].Trim() : null;

    /// <summary>The seconds, and what stands behind the first comma: attributes may stand before it, in quotation marks.</summary>
    private static (int? DurationMs, string Title) ReadInformation(string text)
    {
        var comma = 0;
        for (var isQuoted = false; comma < text.Length && (isQuoted || text[comma] != ','); comma++)
        {
            isQuoted ^= text[comma] == '"';
        }

        var end = text.AsSpan(0, comma).IndexOf(' ');
        var seconds = text[..(end < 0 ? comma : end)];
        return (TableColumns.ReadDuration(seconds, 1000), comma < text.Length ? text[(comma + 1)..].Trim() : "");
    }

    /// <summary>The name of a file, without folder and extension.</summary>
    private static string NameOf(string location)
    {
        if (location.Contains("://", StringComparison.Ordinal))
        {
            location = Uri.UnescapeDataString(location.Split('?', '#')[0]);
        }

        var file = location[(location.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = file.LastIndexOf('.');
        return dot > 0 && file.Length - dot <= 5 && !file[dot..].Contains(' ', StringComparison.Ordinal) ? file[..dot] : file;
    }
}
