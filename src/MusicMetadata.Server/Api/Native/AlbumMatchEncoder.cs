using MusicMetadata.Catalog;
using MusicMetadata.Matching;

namespace MusicMetadata.Server.Api.Native;

/// <summary>How the answer to a folder of files looks.</summary>
/// <param name="body">Has the records of the albums and of the best one's tracks, and takes the JSON.</param>
internal readonly struct AlbumMatchEncoder(JsonBody body)
{
    private readonly JsonText _json = body.Json;

    /// <summary>Writes an answer.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="files">How many files were asked for.</param>
    public void Write(AlbumMatchResult result, int files)
    {
        _json.Append("{\"model\":"u8);
        _json.AppendText(ScoringModel.Number);
        _json.Append(",\"decision\":"u8);
        _json.AppendText(MatchEncoder.ToSnakeCase(result.Decision.ToString()));
        _json.AppendFraction(",\"score\":"u8, result.Score);
        _json.AppendFraction(",\"edition_score\":"u8, result.EditionScore);
        _json.AppendFraction(",\"margin\":"u8, result.Margin);
        _json.Append(result.IsComplete ? ",\"complete\":true"u8 : ",\"complete\":false"u8);
        if (result.Best is { } best && body.Records.IndexOfAlbum(best.Candidate.Album) >= 0)
        {
            WriteBest(best, result.Editions, files);
        }

        _json.Append("}"u8);
    }

    private void WriteBest(ScoredAlbum best, IReadOnlyList<ScoredAlbum> editions, int files)
    {
        var encoder = new NativeEncoder(body);
        _json.Append(",\"album\":"u8);
        _ = encoder.TryWrite(Entity.Album, best.Candidate.Album);
        _json.Append(",\"assignments\":["u8);
        var start = _json.Length;
        foreach (var pair in best.Pairs)
        {
            _json.Separate(start);
            _json.AppendNumber("{\"file\":"u8, pair.File);
            _json.Append(",\"track_id\":"u8);
            _json.AppendText(IdOf(best.Candidate.Tracks[pair.Track].Track));
            _json.AppendFraction(",\"distance\":"u8, pair.Distance);
            _json.Append("}"u8);
        }

        _json.Append("],\"missing\":["u8);
        var found = best.Pairs.Select(pair => pair.Track).ToHashSet();
        start = _json.Length;
        for (var track = 0; track < best.Candidate.Tracks.Count; track++)
        {
            if (!found.Contains(track))
            {
                _json.Separate(start);
                _json.AppendText(IdOf(best.Candidate.Tracks[track].Track));
            }
        }

        _json.Append("],\"extra\":["u8);
        var paired = best.Pairs.Select(pair => pair.File).ToHashSet();
        start = _json.Length;
        for (var file = 0; file < files; file++)
        {
            if (!paired.Contains(file))
            {
                _json.Separate(start);
                _json.AppendNumber(file);
            }
        }

        _json.Append("],\"editions\":"u8);
        encoder.WriteArray(Entity.Album, [.. editions.Select(edition => edition.Candidate.Album)]);
    }

    private ReadOnlySpan<byte> IdOf(CatalogKey track)
    {
        foreach (ref readonly var record in body.Records.Tracks)
        {
            if (record.Key == track)
            {
                return body.Records.Text(record.Id);
            }
        }

        return default;
    }
}
