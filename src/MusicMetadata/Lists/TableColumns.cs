using System.Globalization;
using MusicMetadata.Matching;

namespace MusicMetadata.Lists;

/// <summary>Which columns of a table say what of a track, by the names that exports of players and services give them.</summary>
internal sealed class TableColumns
{
    /// <summary>Characters of a value that count: as many as the server takes.</summary>
    private const int MaxText = 1000;

    private const int MaxDurationMs = 86_400_000;

    /// <summary>Lengths without a unit from here on are milliseconds, below they are seconds: 10 s and 2 h 46 min.</summary>
    private const double LeastMilliseconds = 10_000;

    private static readonly string[] Titles = ["title", "trackname", "tracktitle", "songname", "songtitle", "song", "track", "name"];
    private static readonly string[] Artists =
        ["artist", "artists", "artistname", "artistnames", "trackartist", "performer", "albumartist"];
    private static readonly string[] Albums = ["album", "albumname", "albumtitle", "release", "releasename"];
    private static readonly string[] Durations =
        ["durationms", "trackdurationms", "lengthms", "timems", "durationseconds", "durationsec", "durations", "lengthseconds", "duration",
            "trackduration", "length", "time", "tracklength"];
    private static readonly string[] Isrcs = ["isrc", "isrccode", "trackisrc"];
    private static readonly string[] TrackNumbers = ["tracknumber", "trackno", "tracknr", "tracknum", "track#", "#"];
    private static readonly string[] DiscNumbers = ["discnumber", "disknumber", "discno", "disc", "disk", "disc#"];
    private static readonly string[] Years = ["year", "releaseyear", "releasedate", "albumreleasedate", "date"];
    private static readonly string[] Explicits = ["explicit", "isexplicit"];
    private static readonly string[] Texts = ["q", "query", "text"];

    private readonly int _title, _artist, _album, _duration, _isrc, _trackNumber, _discNumber, _year, _explicit, _text;
    private readonly double? _millisecondsPerUnit;

    /// <summary>Reads the names of the columns.</summary>
    public TableColumns(IReadOnlyList<string> names)
    {
        var plain = names.Select(Plain).ToArray();
        int Find(string[] known) => known.Select(name => Array.IndexOf(plain, name)).FirstOrDefault(at => at >= 0, -1);
        (_title, _artist, _album, _duration) = (Find(Titles), Find(Artists), Find(Albums), Find(Durations));
        (_isrc, _trackNumber, _discNumber, _year) = (Find(Isrcs), Find(TrackNumbers), Find(DiscNumbers), Find(Years));
        (_explicit, _text) = (Find(Explicits), Find(Texts));
        _millisecondsPerUnit = _duration < 0 ? null
            : plain[_duration].EndsWith("ms", StringComparison.Ordinal) ? 1
            : plain[_duration] is "durationseconds" or "durationsec" or "durations" or "lengthseconds" ? 1000
            : null;
    }

    /// <summary>Whether there is a column to find tracks by.</summary>
    public bool CanMatch => _title >= 0 || _isrc >= 0 || _text >= 0;

    /// <summary>What a row says. What makes no sense in it counts as not given.</summary>
    public MatchItem Read(IReadOnlyList<string> cells)
    {
        string? At(int column) => column >= 0 && column < cells.Count && cells[column].Trim() is { Length: > 0 } text ? Cut(text) : null;
        return new MatchItem
        {
            Title = At(_title),
            Artists = At(_artist) is { } artist ? [artist] : [],
            Album = At(_album),
            DurationMs = At(_duration) is { } duration ? ReadDuration(duration, _millisecondsPerUnit) : null,
            Isrc = At(_isrc),
            TrackNumber = ReadNumber(At(_trackNumber)),
            DiscNumber = ReadNumber(At(_discNumber)),
            Year = ReadYear(At(_year)),
            Explicit = At(_explicit)?.ToUpperInvariant() switch
            {
                "TRUE" or "1" or "YES" => true,
                "FALSE" or "0" or "NO" => false,
                _ => null,
            },
            Text = At(_text),
        };
    }

    /// <summary>As much of a text as counts; no half of a character at its end.</summary>
    public static string Cut(string text) =>
        text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];

    /// <summary>A length: <c>3:45</c>, <c>1:02:03</c>, or a number.</summary>
    /// <param name="text">How it is written.</param>
    /// <param name="millisecondsPerUnit">What a number counts; null when nobody says.</param>
    /// <returns>Milliseconds; null when it is none, or not above zero.</returns>
    public static int? ReadDuration(string text, double? millisecondsPerUnit)
    {
        var milliseconds = 0.0;
        var parts = text.Split(':');
        foreach (var part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            milliseconds = (milliseconds * 60) + number;
        }

        milliseconds *= parts.Length > 1 ? 1000 : millisecondsPerUnit ?? (milliseconds < LeastMilliseconds ? 1000 : 1);
        return milliseconds is > 0 and <= MaxDurationMs ? (int)Math.Round(milliseconds) : null;
    }

    /// <summary>A whole number, alone or of several, as in <c>3/12</c>.</summary>
    private static int? ReadNumber(string? text) =>
        int.TryParse(text?.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The year, alone or in front of a date.</summary>
    private static int? ReadYear(string? text) =>
        text?.Length >= 4 && ReadNumber(text[..4]) is >= 1000 and var year && (text.Length == 4 || !char.IsAsciiDigit(text[4]))
            ? year
            : null;

    /// <summary>A name as it is compared: letters and digits, and the sign for a number.</summary>
    private static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Where(character => char.IsLetterOrDigit(character) || character == '#'));
}
