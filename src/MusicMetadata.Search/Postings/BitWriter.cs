using System.Buffers.Binary;

namespace MusicMetadata.Search.Postings;

/// <summary>Packs numbers of any width from 0 to 56 bits, lowest bit first.</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[4096];
    private ulong _pending;
    private int _pendingBits;
    private int _length;

    /// <summary>Adds the lowest <paramref name="width"/> bits of a number, whose other bits are 0.</summary>
    public void Write(ulong value, int width)
    {
        _pending |= value << _pendingBits;
        _pendingBits += width;
        if (_length + 8 > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        // All pending bytes at once; the incomplete one stays pending.
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), _pending);
        var whole = _pendingBits / 8;
        _length += whole;
        _pending >>= whole * 8;
        _pendingBits -= whole * 8;
    }

    /// <summary>Ends the last byte, returns everything, and begins anew. Valid until the next <see cref="Write"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        var written = _bytes.AsSpan(0, _length + (_pendingBits > 0 ? 1 : 0));
        (_pending, _pendingBits, _length) = (0, 0, 0);
        return written;
    }
}
