namespace MusicMetadata.Import.Demo.Invention;

/// <summary>
/// Says how well known each artist is. Rank 0 is the best known; ranks are scattered over the row numbers, as in reality, where
/// famous artists are not the first rows.
/// </summary>
internal sealed class ArtistRanks
{
    // A prime above any number of artists, so that multiplying by it visits every row number once.
    private const long Step = 2_654_435_761;

    private readonly int _artists;
    private readonly long _step;
    private readonly int _first;
    private readonly long _inverse;

    /// <summary>Ranks for so many artists.</summary>
    public ArtistRanks(int artists)
    {
        _artists = artists;
        _step = Step % artists;
        _first = ((artists / 3) + 41) % artists;
        _inverse = Inverse(_step, artists);
    }

    /// <summary>The row number, from 0, of the artist with this rank.</summary>
    public int NumberOf(int rank) => (int)(((rank * _step) + _first) % _artists);

    /// <summary>The rank, from 0, of the artist with this row number.</summary>
    public int RankOf(int number) => (int)((number + _artists - _first) * _inverse % _artists);

    /// <summary>The row number of a random artist: few artists have many tracks, most have a handful.</summary>
    public int Pick(ref SplitMix random)
    {
        // u^3 has the density x^(-2/3): Zipf-like, by whole numbers only.
        var u = random.Next() >> 32;
        var square = (u * u) >> 32;
        return NumberOf((int)((((square * u) >> 32) * (ulong)_artists) >> 32));
    }

    /// <summary>
    /// The number that undoes a multiplication by <paramref name="value"/> modulo <paramref name="modulus"/>: Euclid's extended algorithm.
    /// </summary>
    private static long Inverse(long value, long modulus)
    {
        var (remainder, next) = (modulus, value);
        var (inverse, nextInverse) = (0L, 1L);
        while (next > 1)
        {
            var quotient = remainder / next;
            (remainder, next) = (next, remainder - (quotient * next));
            (inverse, nextInverse) = (nextInverse, inverse - (quotient * nextInverse));
        }

        return ((nextInverse % modulus) + modulus) % modulus;
    }
}
