using MusicMetadata.Matching;

namespace MusicMetadata.Lists;

/// <summary>How a list is written.</summary>
internal enum ListFormat
{
    /// <summary>As the one that was read.</summary>
    Same,

    /// <summary>A table: one line a track, values between commas, semicolons or tabs (RFC 4180).</summary>
    Csv,

    /// <summary>A playlist in UTF-8.</summary>
    M3u8,

    /// <summary>An array of objects.</summary>
    Json,
}

/// <summary>A list of tracks that is being read.</summary>
/// <param name="Format">How it is written: a table or a playlist.</param>
/// <param name="Columns">What each row has; of a playlist <see cref="PlaylistReader.Columns"/>.</param>
/// <param name="Delimiter">What stands between the values of a table.</param>
/// <param name="Rows">The rows, which are read when they are asked for: a list may be longer than memory.</param>
internal sealed record MatchList(ListFormat Format, IReadOnlyList<string> Columns, char Delimiter, IEnumerable<ListRow> Rows);

/// <summary>One track of a list.</summary>
/// <param name="Item">What is known of it, for matching.</param>
/// <param name="Cells">What stands in the list, by column; as many as there are in this row.</param>
/// <param name="Comments">Lines of a playlist that stand above it and say other things.</param>
internal sealed record ListRow(MatchItem Item, IReadOnlyList<string> Cells, IReadOnlyList<string> Comments);

/// <summary>What was found for a row.</summary>
/// <param name="Decision"><c>accept</c>, <c>ambiguous</c>, <c>review</c> or <c>none</c>.</param>
/// <param name="Score">The probability that the track is the right recording.</param>
/// <param name="Track">The likeliest one; null when there is none.</param>
internal sealed record ListAnswer(string Decision, double Score, FoundTrack? Track)
{
    /// <summary>What can be relied on without looking.</summary>
    public const string Accept = "accept";

    /// <summary>Nothing was found.</summary>
    public static ListAnswer None { get; } = new("none", 0, null);
}

/// <summary>A track of the catalog, as lists name it.</summary>
/// <param name="Id">22 characters of base62.</param>
/// <param name="Isrc">Empty when it has none.</param>
/// <param name="Title">Its name.</param>
/// <param name="Artist">The names of its artists, with commas between.</param>
/// <param name="Album">The name of its album.</param>
/// <param name="DurationMs">Length in milliseconds.</param>
internal sealed record FoundTrack(string Id, string Isrc, string Title, string Artist, string Album, long DurationMs);

/// <summary>Finds the tracks of a list.</summary>
internal interface IListMatcher : IAsyncDisposable
{
    /// <summary>Matches some items; the answers are in their order.</summary>
    /// <exception cref="Catalog.OperatorException">It is not possible.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    Task<ListAnswer[]> MatchAsync(IReadOnlyList<MatchItem> items, CancellationToken cancellation);
}
