using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MusicMetadata.Lists;

/// <summary>Writes an array of objects: what was found for each row, and the row.</summary>
internal sealed class JsonListWriter(MatchList list, TextWriter output) : IListWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private long _rows;

    /// <inheritdoc/>
    public void Begin() => output.Write('[');

    /// <inheritdoc/>
    public void Write(ListRow row, ListAnswer answer)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("row", ++_rows);
            json.WriteString("decision", answer.Decision);
            if (answer.Track is { } track)
            {
                json.WriteNumber("score", answer.Score);
                json.WriteString("track_id", track.Id);
                json.WriteString("isrc", track.Isrc);
                json.WriteString("title", track.Title);
                json.WriteString("artist", track.Artist);
                json.WriteString("album", track.Album);
                json.WriteNumber("duration_ms", track.DurationMs);
            }

            json.WriteStartObject("input");
            for (var i = 0; i < Math.Min(list.Columns.Count, row.Cells.Count); i++)
            {
                json.WriteString(list.Columns[i], row.Cells[i]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write(_rows > 1 ? ",\n" : "\n");
        output.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
    }

    /// <inheritdoc/>
    public void End() => output.Write("\n]\n");
}
