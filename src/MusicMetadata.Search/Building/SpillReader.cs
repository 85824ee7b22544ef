using System.Buffers.Binary;
using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Building;

/// <summary>Reads what a <see cref="SpillWriter"/> wrote, from beginning to end.</summary>
internal sealed class SpillReader : IDisposable
{
    private readonly FileStream _file;
    private byte[] _buffer;
    private int _position;
    private int _length;

    /// <summary>Opens a file.</summary>
    /// <param name="path">A finished file.</param>
    /// <param name="bufferSize">Bytes to read at once.</param>
    public SpillReader(string path, int bufferSize)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        _buffer = new byte[bufferSize];
    }

    /// <summary>Whether everything has been read.</summary>
    public bool AtEnd => _position == _length && !Fill(1);

    /// <summary>Reads what <see cref="SpillWriter.WriteNumber"/> wrote.</summary>
    public ulong ReadNumber()
    {
        if (_length - _position < 10)
        {
            _ = Fill(10);
        }

        return Varint.Read(_buffer.AsSpan(0, _length), ref _position);
    }

    /// <summary>Reads what <see cref="SpillWriter.WriteFixed"/> wrote.</summary>
    public ulong ReadFixed() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong)));

    /// <summary>Reads bytes, valid until the next reading.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (_length - _position < count && !Fill(count))
        {
            throw new EndOfStreamException();
        }

        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads on until a number of bytes lie ready; false when the file ends before.</summary>
    private bool Fill(int count)
    {
        _buffer.AsSpan(_position, _length - _position).CopyTo(_buffer);
        _length -= _position;
        _position = 0;
        if (count > _buffer.Length)
        {
            Array.Resize(ref _buffer, count);
        }

        _length += _file.ReadAtLeast(_buffer.AsSpan(_length), Math.Max(0, count - _length), throwOnEndOfStream: false);
        return _length >= count;
    }
}
