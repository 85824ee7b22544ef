using System.Buffers.Text;
using System.Text;

namespace MusicMetadata.Import.Demo.Invention;

/// <summary>A text in UTF-8 that is built again and again in the same memory.</summary>
internal sealed class Utf8Text
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The text so far, valid until it is changed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Makes the text empty.</summary>
    public Utf8Text Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds a text.</summary>
    public Utf8Text Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
        return this;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte})"/>
    public Utf8Text Add(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    /// <summary>Adds a number with at least <paramref name="digits"/> digits.</summary>
    public Utf8Text Add(long number, int digits = 1)
    {
        _ = Utf8Formatter.TryFormat(number, Reserve(32), out var written, new('D', (byte)digits));
        _length += written;
        return this;
    }

    /// <summary>Adds <paramref name="count"/> random characters of an alphabet in ASCII.</summary>
    public Utf8Text AddRandom(ref SplitMix random, ReadOnlySpan<byte> alphabet, int count)
    {
        // Ten characters from one number: asking for one each would be most of the time that inventing a row takes.
        var target = Reserve(count)[..count];
        var bits = 0UL;
        for (var i = 0; i < target.Length; i++)
        {
            bits = i % 10 == 0 ? random.Next() : bits / (ulong)alphabet.Length;
            target[i] = alphabet[(int)(bits % (ulong)alphabet.Length)];
        }

        _length += count;
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
