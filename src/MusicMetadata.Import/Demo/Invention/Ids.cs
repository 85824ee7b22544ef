namespace MusicMetadata.Import.Demo.Invention;

/// <summary>How row numbers, which count from 0 without a gap, become ids and row ids.</summary>
internal static class Ids
{
    private const int TracksPerGap = 1_000;
    private const int AlbumsPerGap = 900;
    private const int ArtistsPerGap = 500;

    private static ReadOnlySpan<byte> Base62 => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    /// <summary>The row id of a track.</summary>
    public static long Track(long number) => number + 1 + (number / TracksPerGap);

    /// <summary>The row id of an album.</summary>
    public static long Album(long number) => number + 1 + (number / AlbumsPerGap);

    /// <summary>The row id of an artist.</summary>
    public static long Artist(long number) => number + 1 + (number / ArtistsPerGap);

    /// <summary>
    /// Makes the id of a row: 22 characters of base62. Two of 300 million rows have the same one with a probability of 10^-22.
    /// </summary>
    public static void Make(Utf8Text id, long seed, RowKind kind, long number)
    {
        var random = new SplitMix(seed, kind, number);
        _ = id.Clear().AddRandom(ref random, Base62, 22);
    }
}
