using System.Buffers;
using System.Globalization;

namespace MusicMetadata.Lists;

/// <summary>Writes a table: the columns that were read, then those of what was found.</summary>
/// <remarks>A row that has more values than there are columns keeps them, behind all others.</remarks>
internal sealed class TableWriter(MatchList list, TextWriter output) : IListWriter
{
    /// <summary>The columns of what was found. Their names begin alike, for the list has a title and an artist of its own.</summary>
    public static readonly IReadOnlyList<string> FoundColumns =
        ["match_decision", "match_score", "match_track_id", "match_isrc", "match_title", "match_artist", "match_album"];

    private readonly SearchValues<char> _special = SearchValues.Create([list.Delimiter, '"', '\r', '\n']);

    /// <summary>Those columns of the list that are kept: what another match found gives way.</summary>
    private readonly int[] _kept = [.. Enumerable.Range(0, list.Columns.Count).Where(i => !FoundColumns.Contains(list.Columns[i]))];

    /// <inheritdoc/>
    public void Begin() => WriteLine(_kept.Select(i => list.Columns[i]).Concat(FoundColumns));

    /// <inheritdoc/>
    public void Write(ListRow row, ListAnswer answer)
    {
        var track = answer.Track;
        var cells = row.Cells;
        WriteLine(
        [
            .. _kept.Select(i => i < cells.Count ? cells[i] : ""),
            answer.Decision,
            track is null ? "" : answer.Score.ToString("0.####", CultureInfo.InvariantCulture),
            track?.Id ?? "",
            track?.Isrc ?? "",
            track?.Title ?? "",
            track?.Artist ?? "",
            track?.Album ?? "",
            .. cells.Skip(list.Columns.Count),
        ]);
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    private void WriteLine(IEnumerable<string> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
            {
                output.Write(list.Delimiter);
            }

            isFirst = false;
            output.Write(
                cell.AsSpan().ContainsAny(_special) || cell.StartsWith(' ') || cell.EndsWith(' ')
                    ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                    : cell);
        }

        output.Write('\n');
    }
}
