using System.Text;

namespace MusicMetadata.Lists;

/// <summary>
/// The text of a list: UTF-8, or UTF-16 behind a byte order mark. What is no UTF-8 is read as Latin-1, which older players and spreadsheets
/// write: letters with accents stay what they were.
/// </summary>
internal static class ListText
{
    /// <summary>Begins to read.</summary>
    public static StreamReader Open(Stream stream)
    {
        var encoding = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());
        return new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true);
    }

    private sealed class Latin1Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Latin1Buffer();
    }

    private sealed class Latin1Buffer : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = (bytesUnknown, 0);
            return true;
        }

        public override char GetNextChar() => _next < _bytes.Length ? (char)_bytes[_next++] : '\0';

        public override bool MovePrevious()
        {
            _next -= _next > 0 ? 1 : 0;
            return _next > 0;
        }
    }
}

/// <summary>Text of which the beginning has been read already.</summary>
/// <param name="beginning">That.</param>
/// <param name="rest">What follows.</param>
internal sealed class ContinuedReader(ReadOnlyMemory<char> beginning, TextReader rest) : TextReader
{
    private ReadOnlyMemory<char> _beginning = beginning;

    /// <inheritdoc/>
    public override int Peek() => _beginning.IsEmpty ? rest.Peek() : _beginning.Span[0];

    /// <inheritdoc/>
    public override int Read()
    {
        if (_beginning.IsEmpty)
        {
            return rest.Read();
        }

        var character = _beginning.Span[0];
        _beginning = _beginning[1..];
        return character;
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        if (_beginning.IsEmpty)
        {
            return rest.Read(buffer, index, count);
        }

        var length = Math.Min(count, _beginning.Length);
        _beginning[..length].CopyTo(buffer.AsMemory(index));
        _beginning = _beginning[length..];
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        rest.Dispose();
        base.Dispose(disposing);
    }
}
