using System.Buffers.Binary;

namespace MusicMetadata.Compact.Coding;

/// <summary>Texts of digits, such as a UPC and the end of an ISRC, as a number of as few bytes as so many digits can need.</summary>
internal static class DigitCode
{
    /// <summary>The most digits.</summary>
    public const int MaxDigits = 18;

    /// <summary>Bytes of so many digits.</summary>
    public const int MaxSize = 8;

    /// <summary>Bytes of a number of digits: of 7 it is 3, of 12 it is 5, of 13 and 14 it is 6.</summary>
    public static int SizeOf(int digits) => (((digits * 3322) + 999) / 1000 + 7) / 8;

    /// <summary>Writes digits, the lowest byte first; returns the size, or 0 for what is anything else.</summary>
    public static int TryEncode(ReadOnlySpan<byte> digits, Span<byte> code)
    {
        if (digits.Length is 0 or > MaxDigits || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return 0;
        }

        var number = 0UL;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        BinaryPrimitives.WriteUInt64LittleEndian(code, number);
        return SizeOf(digits.Length);
    }

    /// <summary>Writes the digits of a number.</summary>
    public static void Decode(ReadOnlySpan<byte> code, Span<byte> digits)
    {
        Span<byte> bytes = stackalloc byte[MaxSize];
        bytes.Clear();
        code.CopyTo(bytes);
        Write(BinaryPrimitives.ReadUInt64LittleEndian(bytes), digits);
    }

    /// <summary>Writes a number as so many digits.</summary>
    public static void Write(ulong number, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            digits[i] = (byte)('0' + digit);
        }
    }
}

/// <summary>Days such as <c>2021-03-05</c> as a number above 0.</summary>
internal static class DateCode
{
    /// <summary>Characters of a day.</summary>
    public const int Length = 10;

    /// <summary>The highest number: that of 9999-12-31.</summary>
    public const int Max = 9999 * MonthsAndDays + MonthsAndDays;

    private const int MonthsAndDays = 372;

    /// <summary>The number of a day; 0 for what is anything else.</summary>
    public static int TryEncode(ReadOnlySpan<byte> date)
    {
        if (date.Length != Length || date[4] != '-' || date[7] != '-'
            || !TryRead(date[..4], out var year) || !TryRead(date[5..7], out var month) || !TryRead(date[8..], out var day)
            || month is 0 or > 12 || day is 0 or > 31)
        {
            return 0;
        }

        return (year * MonthsAndDays) + ((month - 1) * 31) + day;
    }

    /// <summary>Writes the day of a number.</summary>
    public static void Decode(int number, Span<byte> date)
    {
        var (year, rest) = Math.DivRem(number - 1, MonthsAndDays);
        Write(year, date[..4]);
        date[4] = (byte)'-';
        Write((rest / 31) + 1, date[5..7]);
        date[7] = (byte)'-';
        Write((rest % 31) + 1, date[8..Length]);
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }

    private static void Write(int number, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
