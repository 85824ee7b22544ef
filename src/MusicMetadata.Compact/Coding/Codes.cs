using System.Text;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// Texts that many records have, such as languages, genres and the beginnings of addresses: records name them by number. Number 0 is of no
/// text; what has none stands in the record itself.
/// </summary>
internal sealed class Codes : ICodes
{
    private readonly byte[][] _texts;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Numbers texts from 1 on, the most frequent first, so that those have the shortest numbers.</summary>
    public Codes(IEnumerable<byte[]> texts)
    {
        _texts = [[], .. texts];
        for (var number = 1; number < _texts.Length; number++)
        {
            _ = _numbers.TryAdd(Latin(_texts[number]), number);
        }
    }

    /// <summary>How many numbers there are, with 0.</summary>
    public int Count => _texts.Length;

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> text) => _numbers.GetValueOrDefault(Latin(text));

    /// <summary>The text of a number that <see cref="ByteCursor.ReadCount"/> found to be below <see cref="Count"/>.</summary>
    public ReadOnlySpan<byte> this[int number] => _texts[number];

    /// <summary>As a blob's content.</summary>
    public void Write(ByteBuffer blob)
    {
        foreach (var text in _texts.AsSpan(1))
        {
            blob.AddUnsigned((ulong)text.Length);
            blob.Add(text);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static Codes Read(ReadOnlySpan<byte> blob)
    {
        var texts = new List<byte[]>();
        var cursor = new ByteCursor(blob);
        while (!cursor.IsAtEnd)
        {
            texts.Add(cursor.Read(cursor.ReadCount(blob.Length)).ToArray());
        }

        return new Codes(texts);
    }

    /// <summary>Bytes as a string that has a character for each: also bytes that are not UTF-8 must come back as they were.</summary>
    internal static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}

/// <summary>Tells the numbers of texts that many records have.</summary>
internal interface ICodes
{
    /// <summary>The number of a text; 0 when it has none.</summary>
    int Find(ReadOnlySpan<byte> text);
}
