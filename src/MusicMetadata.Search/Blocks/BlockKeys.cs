using System.Globalization;

namespace MusicMetadata.Search.Blocks;

/// <summary>The keys of the rows that hold blocks, and numbers as blocks hold them.</summary>
internal static class BlockKeys
{
    /// <summary>Bits of a row's key that count the blocks of one artist.</summary>
    public const int PartBits = 20;

    private const int FirstYear = 1855;

    /// <summary>The highest number of a part.</summary>
    public const long MaxPart = (1L << PartBits) - 1;

    /// <summary>The key of a row.</summary>
    public static long Row(long artist, long part) => (artist << PartBits) | part;

    /// <summary>A Universal Product Code as a number, so that leading zeros do not matter; null for what is none.</summary>
    public static long? OfUpc(string code) =>
        code.Length is > 0 and <= 18 && long.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    /// <summary>A year in a byte: from 1856 on, before anything was recorded; 0 for an earlier one, or none.</summary>
    public static byte ByteOf(int year) => year is > FirstYear and <= FirstYear + byte.MaxValue ? (byte)(year - FirstYear) : (byte)0;

    /// <summary>The year that a byte stands for; 0 for none.</summary>
    public static int YearOf(byte value) => value == 0 ? 0 : FirstYear + value;
}
