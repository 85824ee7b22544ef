using System.Buffers.Binary;
using System.Numerics;

namespace MusicMetadata.Search.Postings;

/// <summary>Reads what <see cref="BitWriter"/> wrote. Beyond the end, as in a damaged file, there are zeros.</summary>
/// <param name="bytes">Followed by at least <see cref="Padding"/> zeros that belong to it.</param>
internal struct BitReader(byte[] bytes)
{
    /// <summary>How many bytes after the last one are read, and ignored.</summary>
    public const int Padding = 8;

    private int _position;

    /// <summary>Reads a number of 0 to 56 bits.</summary>
    public ulong Read(int width)
    {
        var value = Peek() & ((1UL << width) - 1);
        _position += width;
        return value;
    }

    /// <summary>Skips bits.</summary>
    public void Skip(int width) => _position += width;

    /// <summary>How many ones come next, at most 56; they and the zero after them are skipped.</summary>
    public int ReadOnes(int max)
    {
        var ones = Math.Min(max, BitOperations.TrailingZeroCount(~Peek()));
        _position += ones < max ? ones + 1 : ones;
        return ones;
    }

    /// <summary>At least the next 57 bits.</summary>
    private readonly ulong Peek()
    {
        var start = Math.Min(_position >> 3, bytes.Length - Padding);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(start)) >> (_position & 7);
    }
}
