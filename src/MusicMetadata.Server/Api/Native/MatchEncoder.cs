using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;

namespace MusicMetadata.Server.Api.Native;

/// <summary>How the answer to an item looks below <c>/match</c>.</summary>
/// <param name="body">Has the records of the matched tracks, in the order of the matches, and takes the JSON.</param>
internal struct MatchEncoder(JsonBody body)
{
    private readonly JsonText _json = body.Json;
    private NativeEncoder _tracks = new(body);

    /// <summary>Writes an answer.</summary>
    /// <param name="reference">What the client calls the item, as JSON; null for a request of one item.</param>
    /// <param name="result">The answer.</param>
    public void Write(string? reference, MatchResult result)
    {
        WriteReference(reference);
        WriteName("\"model\":"u8, ScoringModel.Number);
        WriteName(",\"decision\":"u8, result.Decision.ToString());
        _json.AppendFraction(",\"margin\":"u8, result.Margin);
        _json.Append(result.IsComplete ? ",\"complete\":true"u8 : ",\"complete\":false"u8);
        if (result.Interpretation is { } interpretation)
        {
            WriteInterpretation(interpretation);
        }

        _json.Append(",\"matches\":["u8);
        var start = _json.Length;
        foreach (var match in result.Matches)
        {
            // Its row is gone: the file is damaged.
            if (_tracks.Exists(Entity.Track, match.Best.Track))
            {
                _json.Separate(start);
                WriteMatch(match);
            }
        }

        _json.Append("]}"u8);
    }

    /// <summary>Writes what is wrong with an item instead of an answer.</summary>
    public readonly void WriteError(string? reference, string error)
    {
        WriteReference(reference);
        _json.Append("\"error\":"u8);
        _json.AppendText(error);
        _json.Append("}"u8);
    }

    private readonly void WriteReference(string? reference)
    {
        _json.Append("{"u8);
        if (reference is not null)
        {
            _json.Append("\"ref\":"u8);
            _json.Append(Encoding.UTF8.GetBytes(reference));
            _json.Append(","u8);
        }
    }

    private readonly void WriteInterpretation(Interpretation interpretation)
    {
        _json.Append(",\"interpreted\":{\"title\":"u8);
        _json.AppendText(interpretation.Title.Text);
        _json.Append(",\"artists\":["u8);
        var artists = interpretation.Artists.Concat(interpretation.Title.Featured);
        WriteTexts(artists);
        _json.Append("],\"version\":["u8);
        WriteTexts(NamesOf(interpretation.Title.Versions));
        _json.Append(interpretation.IsSwapped ? "],\"swapped\":true}"u8 : "],\"swapped\":false}"u8);
    }

    private void WriteMatch(RecordingMatch match)
    {
        var evidence = match.Best.Evidence!;
        _json.AppendFraction("{\"score\":"u8, match.Score);
        _json.AppendFraction(",\"edition_score\":"u8, match.EditionScore);
        WriteName(",\"reasons\":{\"isrc\":"u8, evidence.Isrc.ToString());
        WriteName(",\"title\":{\"level\":"u8, evidence.Title.ToString());
        _json.AppendFraction(",\"similarity\":"u8, evidence.TitleSimilarity);
        WriteName("},\"artist\":{\"level\":"u8, evidence.Artist.ToString());
        _json.Append("},\"duration\":{"u8);
        if (evidence.DurationDeltaMs is { } delta)
        {
            _json.AppendNumber("\"delta_ms\":"u8, delta);
        }

        WriteName("},\"album\":{\"level\":"u8, evidence.Album.ToString());
        _json.Append("},\"version\":"u8);
        _json.AppendText(evidence.VersionDifference == TitleVersions.None ? "same" : string.Join('+', NamesOf(evidence.VersionDifference)));
        _json.Append("},\"track\":"u8);
        _ = _tracks.TryWrite(Entity.Track, match.Best.Track);
        _json.Append("}"u8);
    }

    private readonly void WriteTexts(IEnumerable<string> texts)
    {
        var start = _json.Length;
        foreach (var text in texts)
        {
            _json.Separate(start);
            _json.AppendText(text);
        }
    }

    private readonly void WriteName(ReadOnlySpan<byte> opening, string name)
    {
        _json.Append(opening);
        _json.AppendText(ToSnakeCase(name));
    }

    private static IEnumerable<string> NamesOf(TitleVersions versions) =>
        Enum.GetValues<TitleVersions>()
            .Where(version => version != TitleVersions.None && versions.HasFlag(version))
            .Select(version => ToSnakeCase(version.ToString()));

    /// <summary>The name of a level or decision as clients see it.</summary>
    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var character in name)
        {
            _ = char.IsUpper(character) && text.Length > 0 ? text.Append('_') : text;
            _ = text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
