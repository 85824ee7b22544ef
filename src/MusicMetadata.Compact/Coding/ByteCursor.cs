namespace MusicMetadata.Compact.Coding;

/// <summary>Reads what <see cref="ByteBuffer"/> wrote, and nothing beyond its end.</summary>
/// <param name="bytes">What to read.</param>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether all of it has been read.</summary>
    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>Reads bytes.</summary>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public ReadOnlySpan<byte> Read(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - Position))
        {
            throw new InvalidDataException("it ends too early");
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    /// <summary>Reads what <see cref="ByteBuffer.AddUnsigned"/> wrote.</summary>
    /// <exception cref="InvalidDataException">There is no number.</exception>
    public ulong ReadUnsigned()
    {
        var number = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (Position == _bytes.Length)
            {
                break;
            }

            var next = _bytes[Position++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("a number has no end");
    }

    /// <summary>Reads what <see cref="ByteBuffer.AddSigned"/> wrote.</summary>
    /// <exception cref="InvalidDataException">There is no number.</exception>
    public long ReadSigned()
    {
        var number = ReadUnsigned();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>Reads a count of things that take at least a byte each, here or elsewhere.</summary>
    /// <param name="max">The most that there can be.</param>
    /// <exception cref="InvalidDataException">There is no number, or it is larger.</exception>
    public int ReadCount(int max)
    {
        var count = ReadUnsigned();
        return count <= (ulong)max ? (int)count : throw new InvalidDataException("a count is too large");
    }
}
