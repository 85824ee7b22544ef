using System.Numerics;

namespace MusicMetadata.Search.Postings;

/// <summary>
/// The keys of neighbouring ordinals: the lowest of them, and how far each is above it, in as few bits as the highest needs.
/// </summary>
/// <remarks>
/// Tracks of one popularity stand in the order of their keys, so that the 128 of a block lie close together: 8 to 9 bits each for most,
/// where four bytes would be a tenth of the index.
/// </remarks>
internal static class KeyBlock
{
    /// <summary>Ordinals in a block; the last of a table may have fewer.</summary>
    public const int Size = 128;

    private const int Half = 32;

    /// <summary>Encodes the keys of a block.</summary>
    public static ReadOnlySpan<byte> Encode(ReadOnlySpan<long> keys, BitWriter writer)
    {
        var (min, max) = (long.MaxValue, long.MinValue);
        foreach (var key in keys)
        {
            (min, max) = (Math.Min(min, key), Math.Max(max, key));
        }

        var width = 64 - BitOperations.LeadingZeroCount((ulong)(max - min));
        WriteWide(writer, (ulong)min, 64);
        writer.Write((ulong)width, 7);
        foreach (var key in keys)
        {
            WriteWide(writer, (ulong)(key - min), width);
        }

        return writer.Finish();
    }

    /// <summary>One key of a block.</summary>
    /// <param name="bytes">What <see cref="Encode"/> wrote and the padding of <see cref="BitReader"/>.</param>
    /// <param name="index">Which, from 0.</param>
    public static long Decode(byte[] bytes, int index)
    {
        var reader = new BitReader(bytes);
        var min = (long)ReadWide(ref reader, 64);
        var width = (int)reader.Read(7);
        reader.Skip(width * index);
        return min + (long)ReadWide(ref reader, width);
    }

    private static void WriteWide(BitWriter writer, ulong value, int width)
    {
        writer.Write(value & uint.MaxValue, Math.Min(width, Half));
        writer.Write(width > Half ? value >> Half : 0, Math.Max(0, width - Half));
    }

    private static ulong ReadWide(ref BitReader reader, int width)
    {
        var low = reader.Read(Math.Min(width, Half));
        return low | (reader.Read(Math.Max(0, width - Half)) << Half);
    }
}
