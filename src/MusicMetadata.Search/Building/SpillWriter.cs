using System.Buffers.Binary;
using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Writes a file that goes on where memory ends. It has its name only once it is whole and on the disk, so that a kill or power cut
/// leaves no half file that could be taken for one.
/// </summary>
internal sealed class SpillWriter : IDisposable
{
    /// <summary>What is added to the name of a file that is being written.</summary>
    public const string Unfinished = ".part";

    private const int BufferSize = 1 << 20;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    /// <summary>Creates the file.</summary>
    public SpillWriter(string path)
    {
        _path = path;
        _file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    /// <summary>Adds a number of 1 to 10 bytes, fewer for small ones.</summary>
    public void WriteNumber(ulong value)
    {
        MakeRoom(10);
        _length += Varint.Write(_buffer.AsSpan(_length), value);
    }

    /// <summary>Adds a number of 8 bytes.</summary>
    public void WriteFixed(ulong value)
    {
        MakeRoom(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(ulong);
    }

    /// <summary>Adds bytes, without their number.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        if (bytes.Length > _buffer.Length)
        {
            _file.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Ends the file and gives it its name.</summary>
    public void Finish()
    {
        MakeRoom(_buffer.Length);
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_path + Unfinished, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void MakeRoom(int bytes)
    {
        if (_length + bytes > _buffer.Length)
        {
            _file.Write(_buffer.AsSpan(0, _length));
            _length = 0;
        }
    }
}
