namespace MusicMetadata.Search.Postings;

/// <summary>Numbers in as few bytes as they need: seven bits a byte, lowest first; the highest bit says that more follow.</summary>
internal static class Varint
{
    /// <summary>Writes a number; returns its length in bytes.</summary>
    public static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads a number and advances <paramref name="position"/>.</summary>
    public static ulong Read(ReadOnlySpan<byte> source, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = source[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
