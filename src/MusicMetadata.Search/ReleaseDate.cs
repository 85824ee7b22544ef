namespace MusicMetadata.Search;

/// <summary>Dates as albums have them: ISO 8601, as far as they are known.</summary>
internal static class ReleaseDate
{
    /// <summary>The year of a date; 0 for none.</summary>
    public static int YearOf(ReadOnlySpan<byte> date)
    {
        var year = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i >= date.Length || date[i] is < (byte)'0' or > (byte)'9')
            {
                return 0;
            }

            year = (year * 10) + date[i] - '0';
        }

        return year;
    }
}
