namespace MusicMetadata.Compact.Coding;

/// <summary>
/// The hash by which ids and ISRCs are found: FNV-1a of 64 bits, its bits mixed at the end, which any language has in five lines.
/// </summary>
internal static class KeyHash
{
    /// <summary>The hash of a text.</summary>
    public static ulong Of(ReadOnlySpan<byte> utf8)
    {
        var hash = 0xCBF2_9CE4_8422_2325UL;
        foreach (var one in utf8)
        {
            hash = (hash ^ one) * 0x0000_0100_0000_01B3;
        }

        hash ^= hash >> 32;
        hash *= 0xD6E8_FEB8_6659_FD93;
        hash ^= hash >> 32;
        hash *= 0xD6E8_FEB8_6659_FD93;
        return hash ^ (hash >> 32);
    }
}
