namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// What stands for popularity, which MusicBrainz does not have: how many releases something is on, and how many people have rated it.
/// </summary>
internal static class Popularity
{
    private const int Highest = 100;
    private const int OfDoubling = 10;

    /// <summary>
    /// 0 for one of them, 10 more for each doubling, at most 100. In whole numbers, so that it is the same on every machine.
    /// </summary>
    public static int Of(int releasesAndRaters)
    {
        if (releasesAndRaters <= 1)
        {
            return 0;
        }

        var doublings = 31 - int.LeadingZeroCount(releasesAndRaters);
        var beyond = (long)releasesAndRaters - (1L << doublings);
        return (int)Math.Min(Highest, (OfDoubling * doublings) + (OfDoubling * beyond >> doublings));
    }
}
