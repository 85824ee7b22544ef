using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Blocks;

/// <summary>A column of a block that is being made: bytes one behind the other.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[1024];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Adds a byte.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    /// <summary>Adds a number of 1 to 10 bytes, fewer for small ones.</summary>
    public void WriteNumber(ulong value)
    {
        Reserve(10);
        Length += Varint.Write(_bytes.AsSpan(Length), value);
    }

    /// <summary>Adds a number that may be negative.</summary>
    public void WriteSigned(long value) => WriteNumber((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Adds bytes, without their number.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
