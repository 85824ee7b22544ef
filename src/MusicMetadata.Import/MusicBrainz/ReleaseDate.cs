using System.Text.Unicode;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>The date of a release event, as far as it is known.</summary>
/// <param name="Year">The year; 0 where unknown.</param>
/// <param name="Month">The month; <see cref="Unknown"/> where unknown.</param>
/// <param name="Day">The day; <see cref="Unknown"/> where unknown.</param>
internal readonly record struct ReleaseDate(int Year, int Month, int Day)
{
    /// <summary>Stands behind every known month or day: of two dates in a year, the one that is known better comes first.</summary>
    public const int Unknown = 255;

    /// <summary>The longest text.</summary>
    public const int MaxLength = 10;

    /// <summary>No date.</summary>
    public static ReleaseDate None => new(0, Unknown, Unknown);

    /// <summary>How much of it is known, as the catalog calls it.</summary>
    public ReadOnlySpan<byte> Precision => Month == Unknown ? "year"u8 : Day == Unknown ? "month"u8 : "day"u8;

    /// <summary>Takes the three columns of a date.</summary>
    public static ReleaseDate Read(CopyReader row, int yearColumn)
    {
        var (year, month, day) = (row.Number(yearColumn, 0), row.Number(yearColumn + 1, Unknown), row.Number(yearColumn + 2, Unknown));
        return new ReleaseDate(
            year is > 0 and < 10_000 ? (int)year : 0,
            month is > 0 and <= 12 ? (int)month : Unknown,
            month is > 0 and <= 12 && day is > 0 and <= 31 ? (int)day : Unknown);
    }

    /// <summary>Writes it as the catalog does: <c>1994-06-18</c>, <c>1994-06</c>, <c>1994</c> or <c>0000</c>.</summary>
    public int Write(Span<byte> text)
    {
        _ = Month == Unknown ? Utf8.TryWrite(text, $"{Year:D4}", out var length)
            : Day == Unknown ? Utf8.TryWrite(text, $"{Year:D4}-{Month:D2}", out length)
            : Utf8.TryWrite(text, $"{Year:D4}-{Month:D2}-{Day:D2}", out length);
        return length;
    }
}
