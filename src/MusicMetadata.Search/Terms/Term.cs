using System.IO.Hashing;

namespace MusicMetadata.Search.Terms;

/// <summary>
/// What an index has a posting list for beside n-grams: a word in a field, a year, a day, a genre. A number beyond those of all n-grams.
/// </summary>
/// <remarks>Hashes of 62 bits: two of the hundred million terms of the largest catalog share one with a chance of 1 in 1,000.</remarks>
internal static class Term
{
    /// <summary>No term is lower, as an unsigned number, and no n-gram is as high.</summary>
    public const ulong First = 0xC000_0000_0000_0000;

    /// <summary>What the least popular tenth of the albums has.</summary>
    public static readonly long LeastPopular = Of(TermField.LeastPopular, []);

    /// <summary>The term of a folded text.</summary>
    public static long Of(TermField field, ReadOnlySpan<byte> folded) =>
        unchecked((long)(First | (XxHash3.HashToUInt64(folded, (long)field) >> 2)));

    /// <summary>The term of a year.</summary>
    public static long OfYear(int year) => Of(TermField.Year, BitConverter.GetBytes(year));

    /// <summary>The term of a day, by its number from the first of all (<see cref="DayNumber"/>).</summary>
    public static long OfDay(int day) => Of(TermField.Day, BitConverter.GetBytes(day));

    /// <summary>Numbers days so that two weeks are fourteen.</summary>
    public static int DayNumber(DateTime day) => (int)(day.Ticks / TimeSpan.TicksPerDay);
}

/// <summary>Where the text of a term stands. The numbers are part of the index.</summary>
internal enum TermField
{
    /// <summary>A word of the own name.</summary>
    Name = 1,

    /// <summary>A word of the name of a credited artist.</summary>
    Artist = 2,

    /// <summary>A word of the name of a track's album.</summary>
    Album = 3,

    /// <summary>A year of release; of an artist, each from its first album's to its last one's.</summary>
    Year = 4,

    /// <summary>The day of an album's release.</summary>
    Day = 5,

    /// <summary>A genre as a whole: an artist's own, or that of a track's artist.</summary>
    Genre = 6,

    /// <summary>No text: see <see cref="Term.LeastPopular"/>.</summary>
    LeastPopular = 7,
}
