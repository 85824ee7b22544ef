namespace MusicMetadata.Compact.Coding;

/// <summary>Bytes that grow as they are written, used again for each record.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>What has been written, valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The same, for changing it in place.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets what has been written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Room for bytes, which the caller fills.</summary>
    public Span<byte> Add(int count)
    {
        if (count > _bytes.Length - _length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }

    /// <summary>Writes bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Add(bytes.Length));

    /// <summary>Writes a number that is mostly small and never negative: seven bits a byte, the lowest first (LEB128).</summary>
    public void AddUnsigned(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            Add(1)[0] = (byte)(number | 0x80);
        }

        Add(1)[0] = (byte)number;
    }

    /// <summary>Writes a number of either sign that is mostly near zero: 0, -1, 1, -2, 2 and so on are 0, 1, 2, 3, 4.</summary>
    public void AddSigned(long number) => AddUnsigned((ulong)((number << 1) ^ (number >> 63)));
}
