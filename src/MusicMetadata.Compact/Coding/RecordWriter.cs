using ZstdSharp;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// A record while it is written: numbers and texts, which compress well, and raw bytes such as ids and hashes, which do not. Reading must
/// take numbers, texts and bytes in the order in which they were added.
/// </summary>
/// <param name="codes">Numbers of texts that many records have.</param>
internal sealed class RecordWriter(ICodes codes)
{
    private readonly ByteBuffer _numbers = new();
    private readonly ByteBuffer _texts = new();
    private readonly ByteBuffer _raw = new();

    /// <summary>Numbers of texts that many records have.</summary>
    public ICodes Codes => codes;

    /// <summary>Begins another record.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
        _raw.Clear();
    }

    /// <summary>Adds a number that is never negative.</summary>
    public void AddUnsigned(long number) => _numbers.AddUnsigned((ulong)number);

    /// <summary>Adds a number of either sign.</summary>
    public void AddSigned(long number) => _numbers.AddSigned(number);

    /// <summary>Adds a text.</summary>
    public void AddText(ReadOnlySpan<byte> text)
    {
        AddUnsigned(text.Length);
        _texts.Add(text);
    }

    /// <summary>Adds a text of which many records have the same.</summary>
    public void AddCoded(ReadOnlySpan<byte> text)
    {
        var number = codes.Find(text);
        AddUnsigned(number);
        if (number == 0)
        {
            AddText(text);
        }
    }

    /// <summary>Adds bytes that do not compress.</summary>
    public void AddRaw(ReadOnlySpan<byte> bytes) => _raw.Add(bytes);

    /// <summary>Adds an id: 1 and 16 bytes, 2 and 17 bytes, or 0 and a text.</summary>
    public void AddId(ReadOnlySpan<byte> id)
    {
        Span<byte> code = stackalloc byte[IdCode.MaxSize];
        var size = IdCode.TryEncode(id, code);
        if (size == 0)
        {
            AddUnsigned(0);
            AddText(id);
            return;
        }

        AddUnsigned(size == IdCode.MaxSize ? 2 : 1);
        AddRaw(code[..size]);
    }

    /// <summary>Copies what compresses: numbers, preceded by how many bytes they are, and texts.</summary>
    public void CopyContent(ByteBuffer content)
    {
        content.Clear();
        content.AddUnsigned((ulong)_numbers.Bytes.Length);
        content.Add(_numbers.Bytes);
        content.Add(_texts.Bytes);
    }

    /// <summary>Copies what does not compress.</summary>
    public void CopyRaw(ByteBuffer raw)
    {
        raw.Clear();
        raw.Add(_raw.Bytes);
    }
}

/// <summary>A record that has been written and is to become a blob: compressing takes longest and can be done on any thread.</summary>
internal sealed class SealedRecord
{
    private readonly ByteBuffer _content = new();
    private readonly ByteBuffer _raw = new();
    private readonly ByteBuffer _frame = new();
    private readonly ByteBuffer _blob = new();

    /// <summary>The row that it goes to.</summary>
    public long Key { get; private set; }

    /// <summary>The finished blob.</summary>
    public ReadOnlySpan<byte> Blob => _blob.Bytes;

    /// <summary>Bytes of it that are not compressed.</summary>
    public int RawLength => _raw.Bytes.Length;

    /// <summary>Takes what has been written.</summary>
    public void Take(long key, RecordWriter writer)
    {
        Key = key;
        writer.CopyContent(_content);
        writer.CopyRaw(_raw);
    }

    /// <summary>Makes the blob. What would not become smaller stands in it as it is.</summary>
    public void Seal(Table table, Compressor compressor)
    {
        var content = _content.Bytes;
        _frame.Clear();
        var room = _frame.Add(Compressor.GetCompressBound(content.Length));
        var length = compressor.Wrap(content, room);
        _blob.Clear();
        _ = _blob.Add(Checksum.Size);
        _blob.AddUnsigned((ulong)_raw.Bytes.Length);
        _blob.AddUnsigned((ulong)content.Length);
        _blob.Add(_raw.Bytes);
        _blob.Add(length < content.Length ? room[..length] : content);
        Checksum.Write(table, Key, _blob.Written);
    }
}
