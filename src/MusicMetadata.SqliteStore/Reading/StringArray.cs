using System.Text;
using System.Text.Json;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Reads the columns of <c>track_files</c> that hold a list as JSON text, such as <c>["en"]</c>.</summary>
internal static class StringArray
{
    /// <summary>Adds the texts of a JSON array of strings to records; none, when it is anything else.</summary>
    public static ListRange Read(ReadOnlySpan<byte> json, CatalogRecords records)
    {
        // Cheap refusals first: an exception costs more than the rest of the track.
        if (json.IsEmpty || json[0] != (byte)'[')
        {
            return default;
        }

        Span<TextRange> few = stackalloc TextRange[16];
        var texts = few;
        var count = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            _ = reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                if (count == texts.Length)
                {
                    var more = new TextRange[count * 2];
                    texts.CopyTo(more);
                    texts = more;
                }

                // Decoding finds half of a surrogate pair, which the reader's grammar lets pass.
                texts[count++] = records.AddText(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
            }

            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? records.AddTexts(texts[..count]) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}
