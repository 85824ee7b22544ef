using System.Globalization;

namespace MusicMetadata.Lists;

/// <summary>
/// Writes a playlist: each file with the title and length of what was found, if that can be relied on, and with its id and ISRC in a
/// comment, which players pass over.
/// </summary>
internal sealed class PlaylistWriter(MatchList list, TextWriter output) : IListWriter
{
    /// <summary>What the comment begins with.</summary>
    public const string Mark = "#METADATA-API:";

    /// <inheritdoc/>
    public void Begin() => WriteLine("#EXTM3U");

    /// <inheritdoc/>
    public void Write(ListRow row, ListAnswer answer)
    {
        foreach (var comment in row.Comments)
        {
            WriteLine(comment);
        }

        var isPlaylist = list.Format == ListFormat.M3u8;
        var given = isPlaylist ? row.Cells[1] : TitleOf(row);
        var (title, duration) = answer is { Decision: ListAnswer.Accept, Track: { } sure }
            ? ($"{sure.Artist} - {sure.Title}", (long?)sure.DurationMs)
            : (given, row.Item.DurationMs);
        if (title.Length > 0 || duration is not null)
        {
            var seconds = duration is { } ms ? (long)Math.Round(ms / 1000.0) : -1;
            WriteLine(string.Create(CultureInfo.InvariantCulture, $"#EXTINF:{seconds},{title}"));
        }

        var found = answer.Track is { } track
            ? string.Create(CultureInfo.InvariantCulture, $" score={answer.Score:0.####} id={track.Id} isrc={track.Isrc}")
            : "";
        WriteLine($"{Mark}decision={answer.Decision}{found}");

        // A table names no files; a playlist needs a line for each entry.
        WriteLine(isPlaylist ? row.Cells[0] : given);
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    private static string TitleOf(ListRow row) =>
        row.Item.Artists is [var artist] ? $"{artist} - {row.Item.Title}" : row.Item.Title ?? row.Item.Text ?? row.Item.Isrc ?? "?";

    private void WriteLine(string line)
    {
        output.Write(line.ReplaceLineEndings(" "));
        output.Write('\n');
    }
}
