using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Postgres.Reading;

namespace MusicMetadata.Postgres.Building;

/// <summary>
/// Writes rows in the binary form of COPY (https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format") into memory, UTF-8 as it is,
/// without a string or an object for any value.
/// </summary>
internal sealed class CopyWriter
{
    private const int TextType = 25;
    private const int IntegerType = 23;

    private static ReadOnlySpan<byte> Signature =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0];

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 20);

    /// <summary>Rows since the beginning.</summary>
    public int Rows { get; private set; }

    /// <summary>Texts with what PostgreSQL cannot store, a NUL or what is no UTF-8, which became U+FFFD.</summary>
    public long Mended { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(Signature);
        Number32(0);
        Number32(0);
        Rows = 0;
    }

    /// <summary>Ends; returns all that has been written.</summary>
    public ReadOnlyMemory<byte> End()
    {
        Number16(-1);
        return _bytes.WrittenMemory;
    }

    /// <summary>Begins a row.</summary>
    public void BeginRow(int columns)
    {
        Number16((short)columns);
        Rows++;
    }

    /// <summary>Writes a whole number of 32 bits.</summary>
    /// <exception cref="OperatorException">It has more.</exception>
    public void Integer(long value)
    {
        if (value != (int)value)
        {
            throw new OperatorException($"The catalog has the number {value} where PostgreSQL's tables have room for 32 bits.");
        }

        Number32(sizeof(int));
        Number32((int)value);
    }

    /// <summary>Writes a whole number of 64 bits.</summary>
    public void Long(long value)
    {
        Number32(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    /// <summary>Writes a truth value.</summary>
    public void Boolean(bool? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Number32(1);
        _bytes.Write([known ? (byte)1 : (byte)0]);
    }

    /// <summary>Writes a text; NULL for an empty one.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            Null();
            return;
        }

        if (utf8.Contains((byte)0) || !Utf8.IsValid(utf8))
        {
            Mended++;
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8).Replace('\0', '\uFFFD'));
        }

        Number32(utf8.Length);
        _bytes.Write(utf8);
    }

    /// <summary>Writes an array of keys; NULL for an empty one.</summary>
    public void Keys(ReadOnlySpan<CatalogKey> keys)
    {
        var length = BeginArray(keys.Length, IntegerType);
        foreach (var key in keys)
        {
            Integer(key.Value);
        }

        EndArray(length);
    }

    /// <summary>Writes an array of texts; NULL for an empty one.</summary>
    public void Texts(ReadOnlySpan<TextRange> texts, CatalogRecords records)
    {
        var length = BeginArray(texts.Length, TextType);
        foreach (var text in texts)
        {
            Element(records.Text(text));
        }

        EndArray(length);
    }

    /// <summary>Writes an array of images; NULL for an empty one.</summary>
    public void Images(ReadOnlySpan<ImageRecord> images, CatalogRecords records)
    {
        var length = BeginArray(images.Length, TextType);
        foreach (var image in images)
        {
            Element(ImageText.Of(image, records));
        }

        EndArray(length);
    }

    private void Element(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            // Empty, where a column would have NULL: an element that is NULL is written as one, and no list has such.
            Number32(0);
        }
        else
        {
            Text(text);
        }
    }

    /// <summary>Begins an array; returns where its length belongs, or -1 where it is NULL.</summary>
    private int BeginArray(int count, int elementType)
    {
        if (count == 0)
        {
            Null();
            return -1;
        }

        var at = _bytes.WrittenCount;
        Number32(0);
        Number32(1);
        Number32(0);
        Number32(elementType);
        Number32(count);
        Number32(1);
        return at;
    }

    private void EndArray(int at)
    {
        if (at >= 0)
        {
            var written = MemoryMarshal.AsMemory(_bytes.WrittenMemory).Span;
            BinaryPrimitives.WriteInt32BigEndian(written[at..], _bytes.WrittenCount - at - sizeof(int));
        }
    }

    private void Null() => Number32(-1);

    private void Number16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(sizeof(short)), value);
        _bytes.Advance(sizeof(short));
    }

    private void Number32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }
}
