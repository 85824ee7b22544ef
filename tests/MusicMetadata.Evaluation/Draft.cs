using MusicMetadata.Matching;

namespace MusicMetadata.Evaluation;

/// <summary>An item while noise is added to it.</summary>
internal sealed class Draft
{
    private Draft(TruthRow row, string[] artists) =>
        (Row, Title, Artists, Album, DurationMs) = (row, row.Name, [.. artists], row.Album.Name, row.DurationMs);

    /// <summary>What it was made from.</summary>
    public TruthRow Row { get; }

    public string Title { get; set; }

    public List<string> Artists { get; }

    public string? Album { get; set; }

    public int? DurationMs { get; set; }

    public string? Isrc { get; set; }

    public int? TrackNumber { get; set; }

    public string? Text { get; set; }

    /// <summary>What a file knows that was tagged from this row: all but codes.</summary>
    public static Draft Clean(Truth truth, TruthRow row) =>
        new(row, [.. row.Artists.Select(truth.Artist)]) { TrackNumber = row.TrackNumber };

    /// <summary>Title and artists alone.</summary>
    public static Draft Bare(Truth truth, TruthRow row) =>
        new(row, [.. row.Artists.Select(truth.Artist)]) { Album = null, DurationMs = null };

    public MatchItem ToItem() => new()
    {
        Title = Text is null ? Title : null,
        Artists = [.. Artists],
        Album = string.IsNullOrWhiteSpace(Album) ? null : Album,
        DurationMs = DurationMs,
        Isrc = Isrc,
        TrackNumber = TrackNumber,
        Text = Text,
    };
}
