using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Compact.Coding;

/// <summary>Reads a record's numbers one after the other; each text and each piece of raw bytes follows the one before.</summary>
internal ref struct RecordCursor
{
    private readonly Codes _codes;
    private readonly int _textEnd;
    private readonly int _rawEnd;
    private ByteCursor _numbers;
    private int _textAt;
    private int _rawAt;

    /// <summary>Begins with the first number.</summary>
    /// <param name="content">Numbers and texts.</param>
    /// <param name="rawLength">Bytes that follow them in the buffer.</param>
    /// <param name="codes">Texts that records name by number.</param>
    /// <exception cref="InvalidDataException">There is no beginning.</exception>
    public RecordCursor(ReadOnlySpan<byte> content, int rawLength, Codes codes)
    {
        _codes = codes;
        var cursor = new ByteCursor(content);
        _numbers = new ByteCursor(cursor.Read(cursor.ReadCount(content.Length)));
        _textAt = cursor.Position;
        _textEnd = _rawAt = content.Length;
        _rawEnd = _rawAt + rawLength;
    }

    /// <summary>Bytes of numbers that have not been read.</summary>
    public readonly int NumbersLeft => _numbers.Rest.Length;

    /// <summary>Reads a number of either sign.</summary>
    public long ReadSigned() => _numbers.ReadSigned();

    /// <summary>Reads a number up to a limit.</summary>
    public int ReadCount(int max) => _numbers.ReadCount(max);

    /// <summary>Reads how many follow of what takes a number each.</summary>
    public int ReadLength() => _numbers.ReadCount(NumbersLeft);

    /// <summary>Reads where a text is.</summary>
    public Extent ReadText()
    {
        var length = _numbers.ReadCount(_textEnd - _textAt);
        _textAt += length;
        return new Extent(_textAt - length, length);
    }

    /// <summary>Reads where raw bytes are.</summary>
    public Extent ReadRaw(int length)
    {
        if ((uint)length > (uint)(_rawEnd - _rawAt))
        {
            throw new InvalidDataException("it ends too early");
        }

        _rawAt += length;
        return new Extent(_rawAt - length, length);
    }

    /// <summary>Reads a text of which many records have the same.</summary>
    public CodedText ReadCoded() =>
        _numbers.ReadCount(_codes.Count - 1) is var code and not 0 ? new CodedText(code, default) : new CodedText(0, ReadText());

    /// <summary>Reads an id.</summary>
    public IdText ReadId() => ReadCount(2) switch
    {
        0 => new IdText(ReadText(), IsCode: false),
        1 => new IdText(ReadRaw(IdCode.MaxSize - 1), IsCode: true),
        _ => new IdText(ReadRaw(IdCode.MaxSize), IsCode: true),
    };

    /// <summary>Makes sure that nothing is left.</summary>
    /// <exception cref="InvalidDataException">Something is.</exception>
    public readonly void End()
    {
        if (!_numbers.IsAtEnd || _textAt != _textEnd || _rawAt != _rawEnd)
        {
            throw new InvalidDataException("it is longer than it says");
        }
    }
}

/// <summary>A text that a record names by number or holds itself.</summary>
/// <param name="Code">Its number; 0 when it has none.</param>
/// <param name="Text">Where it is in the record, when it has none.</param>
internal readonly record struct CodedText(int Code, Extent Text)
{
    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> In(RecordContent content) => Code != 0 ? content.Codes[Code] : content[Text];

    /// <summary>Adds it to records.</summary>
    public TextRange AddTo(CatalogRecords records, RecordContent content) => records.AddText(In(content));
}

/// <summary>An id that a record holds.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="IsCode">Whether it is written as <see cref="IdCode"/> does.</param>
internal readonly record struct IdText(Extent Place, bool IsCode)
{
    /// <summary>Whether it is a given id.</summary>
    /// <param name="content">The record.</param>
    /// <param name="id">The id.</param>
    /// <param name="code">The same as <see cref="IdCode"/> writes it; empty when it does not.</param>
    public bool Is(RecordContent content, ReadOnlySpan<byte> id, ReadOnlySpan<byte> code) =>
        content[Place].SequenceEqual(IsCode ? code : id);

    /// <summary>Adds it to records.</summary>
    public TextRange AddTo(CatalogRecords records, RecordContent content)
    {
        if (!IsCode)
        {
            return records.AddText(content[Place]);
        }

        Span<byte> id = stackalloc byte[IdCode.Length];
        IdCode.Decode(content[Place], id);
        return records.AddText(id);
    }
}
