using System.Buffers;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// Writes the addresses of images and previews: a beginning and an end that many have, and hexadecimal digits as bytes between them. Images
/// of one thing differ in a few characters, so the second and third are what they differ in.
/// </summary>
/// <remarks>
/// Kinds: 0 none; 1 beginning, end and number of digits of the last kind 2, then the digits; 2 beginning, end, number of digits, the
/// digits; 3 lengths of what begins and ends like the address before in the same list, and the text between.
/// </remarks>
internal sealed class UrlWriter
{
    /// <summary>How many last digits of an image's name are its own; those before are its kind and size, the same for many.</summary>
    private const int OwnDigits = 24;

    private const int MaxDigits = 64;
    private const int MostlySame = 8;

    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdef"u8);

    private readonly ByteBuffer _head = new();
    private readonly ByteBuffer _tail = new();
    private int _digits;

    /// <summary>Begins another record.</summary>
    public void Clear()
    {
        _head.Clear();
        _tail.Clear();
        _digits = -1;
    }

    /// <summary>Adds an address.</summary>
    /// <param name="record">Takes it.</param>
    /// <param name="url">The address; empty for none.</param>
    /// <param name="before">The one before in the same list; empty for the first.</param>
    public void Add(RecordWriter record, ReadOnlySpan<byte> url, ReadOnlySpan<byte> before)
    {
        if (url.IsEmpty)
        {
            record.AddUnsigned(0);
            return;
        }

        var same = url.CommonPrefixLength(before);
        var end = CommonSuffix(url[same..], before[same..]);
        if (!before.IsEmpty && same + end >= url.Length - MostlySame)
        {
            record.AddUnsigned(3);
            record.AddUnsigned(same);
            record.AddUnsigned(end);
            record.AddText(url[same..^end]);
            return;
        }

        var (head, digits) = Split(url, record.Codes);
        var tail = url[(head + digits)..];
        if (digits == _digits && url[..head].SequenceEqual(_head.Bytes) && tail.SequenceEqual(_tail.Bytes))
        {
            record.AddUnsigned(1);
        }
        else
        {
            record.AddUnsigned(2);
            record.AddCoded(url[..head]);
            record.AddCoded(tail);
            record.AddUnsigned(digits / 2);
            _head.Clear();
            _head.Add(url[..head]);
            _tail.Clear();
            _tail.Add(tail);
            _digits = digits;
        }

        Span<byte> bytes = stackalloc byte[MaxDigits / 2];
        _ = Convert.FromHexString(url.Slice(head, digits), bytes, out _, out var count);
        record.AddRaw(bytes[..count]);
    }

    /// <summary>Where the digits begin that are written as bytes, and how many they are.</summary>
    private static (int Head, int Digits) Split(ReadOnlySpan<byte> url, ICodes codes)
    {
        var (start, length) = (url.Length, 0);
        for (var at = 0; at < url.Length; at++)
        {
            var run = url[at..].IndexOfAnyExcept(Hexadecimal) is var other and >= 0 ? other : url.Length - at;
            if (run > length)
            {
                (start, length) = (at, run);
            }

            at += run;
        }

        if (length > OwnDigits && codes.Find(url[..(start + length - OwnDigits)]) != 0)
        {
            return (start + length - OwnDigits, OwnDigits);
        }

        var digits = Math.Min(length, MaxDigits) & ~1;
        return (start + length - digits, digits);
    }

    private static int CommonSuffix(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var length = 0;
        while (length < one.Length && length < other.Length && one[^(length + 1)] == other[^(length + 1)])
        {
            length++;
        }

        return length;
    }
}

/// <summary>Reads the addresses that <see cref="UrlWriter"/> wrote.</summary>
internal ref struct UrlReader
{
    private UrlField _last;

    /// <summary>Reads the next address of a record.</summary>
    public UrlField Read(ref RecordCursor cursor)
    {
        switch (cursor.ReadCount(3))
        {
            case 0:
                return default;
            case 1:
                _last.Digits = cursor.ReadRaw(_last.Digits.Length);
                return _last with { Kind = UrlKind.Whole };
            case 2:
                _last = new UrlField { Kind = UrlKind.Whole, Head = cursor.ReadCoded(), Tail = cursor.ReadCoded() };
                _last.Digits = cursor.ReadRaw(cursor.ReadCount(ushort.MaxValue));
                return _last;
            default:
                return new UrlField
                {
                    Kind = UrlKind.Difference,
                    Same = cursor.ReadCount(Zstd.MaxContent),
                    SameEnd = cursor.ReadCount(Zstd.MaxContent),
                    Head = new CodedText(0, cursor.ReadText()),
                };
        }
    }
}

/// <summary>How an address is written.</summary>
internal enum UrlKind : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>By itself.</summary>
    Whole,

    /// <summary>As what differs from the one before.</summary>
    Difference,
}

/// <summary>An address that a record holds.</summary>
internal record struct UrlField
{
    /// <summary>How it is written.</summary>
    public UrlKind Kind { get; set; }

    /// <summary>What it begins with; or what stands between what is the same as before.</summary>
    public CodedText Head { get; set; }

    /// <summary>What it ends with.</summary>
    public CodedText Tail { get; set; }

    /// <summary>Where its digits are, two a byte.</summary>
    public Extent Digits { get; set; }

    /// <summary>How many bytes it begins with of the one before.</summary>
    public int Same { get; set; }

    /// <summary>How many bytes it ends with of the one before.</summary>
    public int SameEnd { get; set; }

    /// <summary>Adds it to records.</summary>
    /// <param name="records">Takes it.</param>
    /// <param name="content">The record.</param>
    /// <param name="before">The address before it in the same list, as it was added.</param>
    public readonly TextRange AddTo(CatalogRecords records, RecordContent content, TextRange before)
    {
        if (Kind == UrlKind.None)
        {
            return records.AddText([]);
        }

        if (Kind == UrlKind.Whole)
        {
            var head = Head.In(content);
            var digits = content[Digits];
            var tail = Tail.In(content);
            Span<byte> few = stackalloc byte[512];
            var length = head.Length + (digits.Length * 2) + tail.Length;
            var text = length <= few.Length ? few[..length] : new byte[length];
            head.CopyTo(text);
            _ = Convert.TryToHexStringLower(digits, text[head.Length..], out _);
            tail.CopyTo(text[(length - tail.Length)..]);
            return records.AddText(text);
        }

        if (Same + SameEnd > before.Length)
        {
            throw new InvalidDataException("an address is longer than the one before it");
        }

        // The text that is copied from may move when room is made, so what is needed of it is copied aside.
        var middle = content[Head.Text];
        var copy = new byte[Same + middle.Length + SameEnd];
        var other = records.Text(before);
        other[..Same].CopyTo(copy);
        middle.CopyTo(copy.AsSpan(Same));
        other[^SameEnd..].CopyTo(copy.AsSpan(Same + middle.Length));
        return records.AddText(copy);
    }
}
