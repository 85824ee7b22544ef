using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;

namespace MusicMetadata.Server.Api;

/// <summary>
/// JSON text that is put together from names and punctuation, which are constants, and from values. Half the cost of a
/// <c>Utf8JsonWriter</c>, which keeps track of what may follow what; and parts that were written apart are simply appended.
/// </summary>
/// <remarks>Texts come out as that writer's do with the same encoder: what is not plain ASCII goes through it.</remarks>
internal sealed class JsonText
{
    /// <summary>What needs no escape: printable ASCII without the quotation mark and the backslash.</summary>
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (byte)character)
            .Where(character => character is not ((byte)'"' or (byte)'\\'))]);

    private byte[] _bytes = new byte[8 * 1024];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that the buffer holds, used or not.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>What has been written, valid until the next change.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Appends JSON as it is.</summary>
    public void Append(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        Length += json.Length;
    }

    /// <summary>Appends once more what was written before.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">How many bytes.</param>
    public void Repeat(int start, int length)
    {
        _ = Reserve(length);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>Appends a text in quotation marks, with escapes where JSON demands them; bytes that are not UTF-8 become U+FFFD.</summary>
    public void AppendText(ReadOnlySpan<byte> text) => AppendText([], text);

    /// <summary>Appends a text in quotation marks, as above, of which the beginning needs no escapes.</summary>
    public void AppendText(ReadOnlySpan<byte> beginning, ReadOnlySpan<byte> text)
    {
        var isPlain = !text.ContainsAnyExcept(Plain);

        // An escape has 6 bytes at most for each byte of the text.
        var target = Reserve(beginning.Length + 2 + (isPlain ? text.Length : text.Length * 6));
        target[0] = (byte)'"';
        beginning.CopyTo(target[1..]);
        var length = beginning.Length + 1;
        if (isPlain)
        {
            text.CopyTo(target[length..]);
            length += text.Length;
        }
        else
        {
            _ = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, target[length..], out _, out var written, isFinalBlock: true);
            length += written;
        }

        target[length] = (byte)'"';
        Length += length + 1;
    }

    /// <inheritdoc cref="AppendText(ReadOnlySpan{byte})"/>
    public void AppendText(string text) => AppendText(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Appends a comma, unless nothing has been written since a list began.</summary>
    /// <param name="start">The length where it began.</param>
    public void Separate(int start)
    {
        if (Length > start)
        {
            Append(","u8);
        }
    }

    /// <summary>Appends a name, given with its punctuation, and a whole number.</summary>
    public void AppendNumber(ReadOnlySpan<byte> name, long number)
    {
        Append(name);
        AppendNumber(number);
    }

    /// <summary>Appends a name, given with its punctuation, and a number from 0 to 1, as below.</summary>
    public void AppendFraction(ReadOnlySpan<byte> name, double fraction)
    {
        Append(name);
        AppendFraction(fraction);
    }

    /// <summary>Appends a whole number.</summary>
    public void AppendNumber(long number)
    {
        _ = Utf8Formatter.TryFormat(number, Reserve(20), out var written);
        Length += written;
    }

    /// <summary>Appends a number from 0 to 1, to four digits behind the point.</summary>
    public void AppendFraction(double fraction)
    {
        _ = Math.Round(fraction, 4).TryFormat(Reserve(20), out var written, "0.####", CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Empties the buffer.</summary>
    public void Clear() => Length = 0;

    private Span<byte> Reserve(int count)
    {
        if (count > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length);
    }
}
