using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Blocks;

/// <summary>Reads what a <see cref="ByteWriter"/> wrote. What reaches beyond the end is a damaged index.</summary>
/// <param name="bytes">What was written.</param>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _position == _bytes.Length;

    /// <summary>Reads a byte.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public byte ReadByte() => _position < _bytes.Length ? _bytes[_position++] : throw Damaged();

    /// <summary>Reads a number.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public ulong ReadNumber()
    {
        try
        {
            return Varint.Read(_bytes, ref _position);
        }
        catch (IndexOutOfRangeException)
        {
            throw Damaged();
        }
    }

    /// <summary>Reads a number that counts something of which there are no more than bytes in the block.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public int ReadCount() => ReadNumber() is var count && count <= (ulong)_bytes.Length ? (int)count : throw Damaged();

    /// <summary>Reads a number that may be negative.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public long ReadSigned() => ReadNumber() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;

    /// <summary>Reads bytes.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw Damaged();
        }

        _position += count;
        return _bytes.Slice(_position - count, count);
    }

    /// <summary>Reads all that is left.</summary>
    public ReadOnlySpan<byte> ReadRest() => ReadBytes(_bytes.Length - _position);

    /// <summary>What is thrown at a block that makes no sense.</summary>
    public static InvalidDataException Damaged() => new("a block of the search index is damaged");
}
