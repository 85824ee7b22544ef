using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;
using ZstdSharp;

namespace MusicMetadata.Compact.Coding;

/// <summary>Where bytes lie in a <see cref="RecordContent"/>.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">How many.</param>
internal readonly record struct Extent(int Start, int Length);

/// <summary>A record that has been verified and decompressed: one buffer, used again for the next.</summary>
/// <param name="decompressor">Of the thread that reads.</param>
/// <param name="codes">Texts that records name by number.</param>
internal sealed class RecordContent(Decompressor decompressor, Codes codes)
{
    private byte[] _bytes = new byte[2048];

    /// <summary>Texts that records name by number.</summary>
    public Codes Codes => codes;

    /// <summary>Bytes that the buffer holds, used or not.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Bytes of it, valid until the next record.</summary>
    public ReadOnlySpan<byte> this[Extent extent] => _bytes.AsSpan(extent.Start, extent.Length);

    /// <summary>Takes a record; returns where to begin reading it.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public RecordCursor Load(Table table, long key, ReadOnlySpan<byte> blob)
    {
        var cursor = new ByteCursor(Checksum.Verify(table, key, blob));
        var rawLength = cursor.ReadCount(blob.Length);
        var length = cursor.ReadCount(Zstd.MaxContent);
        var raw = cursor.Read(rawLength);
        if (_bytes.Length < length + rawLength)
        {
            _bytes = new byte[Math.Max(_bytes.Length * 2, length + rawLength)];
        }

        var content = _bytes.AsSpan(0, length);
        if (cursor.Rest.Length == length)
        {
            cursor.Rest.CopyTo(content);
        }
        else
        {
            Decompress(cursor.Rest, content);
        }

        raw.CopyTo(_bytes.AsSpan(length));
        return new RecordCursor(_bytes.AsSpan(0, length), rawLength, codes);
    }

    /// <summary>Adds a text to records.</summary>
    public TextRange Add(CatalogRecords records, Extent text) => records.AddText(this[text]);

    private void Decompress(ReadOnlySpan<byte> frame, Span<byte> content)
    {
        int written;
        try
        {
            written = decompressor.Unwrap(frame, content);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("it cannot be decompressed: " + e.Message);
        }

        if (written != content.Length)
        {
            throw new InvalidDataException("it has another size than it says");
        }
    }
}
