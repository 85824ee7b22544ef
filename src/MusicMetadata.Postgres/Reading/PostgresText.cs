using System.Buffers.Text;
using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Postgres.Reading;

/// <summary>
/// Arrays and rows as PostgreSQL writes them as text: <c>{1,2}</c>, <c>{a,"b c"}</c>, <c>(7,"a ""b""",)</c>. Values of these types come and
/// go as text, because Npgsql's own converters for them add 0.65 MB to the executable.
/// </summary>
internal static class PostgresText
{
    /// <summary>The elements of an array; of one that is NULL, none.</summary>
    public static List<byte[]> Elements(ReadOnlySpan<byte> array)
    {
        var elements = new List<byte[]>();
        if (array.Length > 2)
        {
            Split(array[1..^1], isRow: false, elements);
        }

        return elements;
    }

    /// <summary>The fields of a row. NULL and empty are the same.</summary>
    public static List<byte[]> Fields(ReadOnlySpan<byte> row)
    {
        var fields = new List<byte[]>(8);
        Split(row[1..^1], isRow: true, fields);
        return fields;
    }

    /// <summary>The keys in an array of integers.</summary>
    public static CatalogKey[] Keys(ReadOnlySpan<byte> array)
    {
        if (array.Length <= 2)
        {
            return [];
        }

        var numbers = array[1..^1];
        var keys = new CatalogKey[numbers.Count((byte)',') + 1];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new CatalogKey(Number(numbers, out var length));
            numbers = numbers[Math.Min(length + 1, numbers.Length)..];
        }

        return keys;
    }

    /// <summary>The number that a text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many bytes the number has.</param>
    public static long Number(ReadOnlySpan<byte> text, out int length) =>
        Utf8Parser.TryParse(text, out long number, out length) ? number : throw new FormatException("No number where one must be.");

    /// <summary>Writes an array of keys.</summary>
    public static string Array(ReadOnlySpan<CatalogKey> keys)
    {
        var text = new StringBuilder("{");
        foreach (var key in keys)
        {
            _ = text.Append(text.Length > 1 ? "," : "").Append(key.Value);
        }

        return text.Append('}').ToString();
    }

    /// <summary>Writes an array of texts, without those that no column can hold.</summary>
    public static string Array(ReadOnlySpan<string> texts)
    {
        var array = new StringBuilder("{");
        foreach (var text in texts)
        {
            if (CanBeStored(text))
            {
                var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
                _ = array.Append(array.Length > 1 ? "," : "").Append('"').Append(escaped).Append('"');
            }
        }

        return array.Append('}').ToString();
    }

    /// <summary>PostgreSQL stores every text but those with a NUL, and UTF-8 has no half of a surrogate pair.</summary>
    private static bool CanBeStored(string text) => !text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate);

    private static void Split(ReadOnlySpan<byte> text, bool isRow, List<byte[]> parts)
    {
        var buffer = text.Length <= 1024 ? stackalloc byte[text.Length] : new byte[text.Length];
        var length = 0;
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\\')
            {
                buffer[length++] = text[++i];
            }
            else if (character == '"' && isRow && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                buffer[length++] = text[++i];
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (character == ',' && !isQuoted)
            {
                parts.Add(buffer[..length].ToArray());
                length = 0;
            }
            else
            {
                buffer[length++] = character;
            }
        }

        parts.Add(buffer[..length].ToArray());
    }
}
