using System.Buffers.Binary;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// Ids of 22 characters of base62 as numbers: of 16 bytes where they fit, as all real ones do, else the first character by itself and the
/// others as a number of 16 bytes.
/// </summary>
internal static class IdCode
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 22;

    /// <summary>Bytes of the longer form.</summary>
    public const int MaxSize = 17;

    private const int Size = 16;
    private const int Part = 10;
    private const ulong PartLimit = 839_299_365_868_340_224; // 62^10

    /// <summary>With a first part below this, a number of three parts fits in 128 bits.</summary>
    private const ulong FirstLimit = 483;

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    /// <summary>Writes an id as a number, lowest byte first; returns its size, or 0 when it is no such id.</summary>
    public static int TryEncode(ReadOnlySpan<byte> id, Span<byte> code)
    {
        if (id.Length != Length
            || !TryRead(id[..2], out var first) || !TryRead(id.Slice(2, Part), out var second) || !TryRead(id[(2 + Part)..], out var third))
        {
            return 0;
        }

        var isShort = first < FirstLimit;
        if (!isShort)
        {
            code[0] = (byte)(first / 62);
            code = code[1..];
            first %= 62;
        }

        BinaryPrimitives.WriteUInt128LittleEndian(code, (((UInt128)first * PartLimit) + second) * PartLimit + third);
        return isShort ? Size : MaxSize;
    }

    /// <summary>Writes the characters of an id.</summary>
    /// <param name="code">What <see cref="TryEncode"/> wrote.</param>
    /// <param name="id">Takes the 22 characters.</param>
    public static void Decode(ReadOnlySpan<byte> code, Span<byte> id)
    {
        var number = BinaryPrimitives.ReadUInt128LittleEndian(code[^Size..]);
        var (firstTwo, third) = UInt128.DivRem(number, PartLimit);
        var (first, second) = UInt128.DivRem(firstTwo, PartLimit);
        var value = (ulong)first + (code.Length == MaxSize ? code[0] * 62UL : 0);
        Write(value % (62 * 62), id[..2]);
        Write((ulong)second, id.Slice(2, Part));
        Write((ulong)third, id[(2 + Part)..Length]);
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out ulong number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'A' and <= (byte)'Z' => digit - 'A' + 10,
                >= (byte)'a' and <= (byte)'z' => digit - 'a' + 36,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            number = (number * 62) + (ulong)value;
        }

        return true;
    }

    private static void Write(ulong number, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 62);
            digits[i] = Digits[(int)digit];
        }
    }
}
