using System.Buffers.Binary;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// Builds records whose bytes sort as their fields do. Numbers are written with their highest byte first; none is negative.
/// </summary>
internal sealed class RecordBuilder
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The record so far, valid until it is changed.</summary>
    public ReadOnlySpan<byte> Record => _bytes.AsSpan(0, _length);

    /// <summary>Begins a record.</summary>
    public RecordBuilder Begin()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds a number below 256.</summary>
    public RecordBuilder AddByte(int value)
    {
        Reserve(1)[0] = (byte)value;
        _length++;
        return this;
    }

    /// <summary>Adds a number.</summary>
    public RecordBuilder Add(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Reserve(sizeof(int)), value);
        _length += sizeof(int);
        return this;
    }

    /// <summary>Adds a number of 64 bits.</summary>
    public RecordBuilder Add(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), value);
        _length += sizeof(long);
        return this;
    }

    /// <summary>Adds an MBID.</summary>
    public RecordBuilder Add(UInt128 mbid)
    {
        BinaryPrimitives.WriteUInt128BigEndian(Reserve(16), mbid);
        _length += 16;
        return this;
    }

    /// <summary>Adds a text with its length.</summary>
    public RecordBuilder Add(ReadOnlySpan<byte> text) => Add(text.Length).AddRest(text);

    /// <summary>Adds bytes without their number: the end of a record, or what has been built as a part of one.</summary>
    public RecordBuilder AddRest(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        return _bytes.AsSpan(_length);
    }
}

/// <summary>Takes the fields of a record that <see cref="RecordBuilder"/> built, in their order.</summary>
internal ref struct RecordFields(ReadOnlySpan<byte> record)
{
    /// <summary>What has not been taken.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = record;

    /// <summary>Takes a number below 256.</summary>
    public int TakeByte() => Take(1)[0];

    /// <summary>Takes a number.</summary>
    public int TakeNumber() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    /// <summary>Takes a number of 64 bits.</summary>
    public long TakeLong() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    /// <summary>Takes an MBID.</summary>
    public UInt128 TakeMbid() => BinaryPrimitives.ReadUInt128BigEndian(Take(16));

    /// <summary>Takes a text.</summary>
    public ReadOnlySpan<byte> TakeText() => Take(TakeNumber());

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }
}
