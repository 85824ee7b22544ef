namespace MusicMetadata.Search;

/// <summary>Dates as albums have them: ISO 8601, as far as they are known.</summary>
internal static class ReleaseDate
{
    /// <summary>The year of a date; 0 for none.</summary>
    public static int YearOf(ReadOnlySpan<byte> date) => NumberOf(date, 0, 4);

    /// <summary>The day of a date; null when it is not known, or is none.</summary>
    public static DateTime? DayOf(ReadOnlySpan<byte> date)
    {
        var (year, month, day) = (NumberOf(date, 0, 4), NumberOf(date, 5, 2), NumberOf(date, 8, 2));
        return year > 0 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
            : null;
    }

    private static int NumberOf(ReadOnlySpan<byte> date, int start, int digits)
    {
        var number = 0;
        for (var i = start; i < start + digits; i++)
        {
            if (i >= date.Length || date[i] is < (byte)'0' or > (byte)'9')
            {
                return 0;
            }

            number = (number * 10) + date[i] - '0';
        }

        return number;
    }
}
