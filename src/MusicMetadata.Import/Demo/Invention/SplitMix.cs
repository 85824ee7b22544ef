namespace MusicMetadata.Import.Demo.Invention;

/// <summary>
/// A stream of pseudo-random numbers: SplitMix64, as published in Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
/// (2014).
/// </summary>
/// <remarks>
/// Rather than <see cref="Random"/>, because a stream can be begun for any row in a few instructions: the two files are written by two
/// threads that invent the same tracks without talking to each other. Only whole numbers and no mathematical functions are used, so that a
/// seed gives the same rows on every processor.
/// </remarks>
internal struct SplitMix
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Begins the stream of one row.</summary>
    /// <param name="seed">The catalog's seed.</param>
    /// <param name="kind">What the row is, so that rows of two kinds with one number differ.</param>
    /// <param name="number">The row's number.</param>
    public SplitMix(long seed, RowKind kind, long number) =>
        _state = Mix(Mix(Mix((ulong)seed + Gamma) + (ulong)kind) + (ulong)number);

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(_state += Gamma);

    /// <summary>
    /// A number from 0 to <paramref name="count"/> - 1. The bias of the multiplication is below 2^-30 and does not matter here.
    /// </summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>True <paramref name="times"/> times in a thousand.</summary>
    public bool InThousand(int times) => Below(1000) < times;

    /// <summary>
    /// A number from 0 to 2^<paramref name="octaves"/> - 2 of which each octave is as likely as any other, much as words are used in a
    /// language (Zipf).
    /// </summary>
    public int Zipf(int octaves)
    {
        var octave = Below(octaves);
        return (1 << octave) - 1 + Below(1 << octave);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>Everything that has random streams of its own.</summary>
internal enum RowKind
{
    /// <summary>A word of the vocabulary, the same for every seed.</summary>
    Word,

    /// <summary>A row of <c>available_markets</c>.</summary>
    Market,

    /// <summary>A row of <c>artists</c>, with its genres and images.</summary>
    Artist,

    /// <summary>Something released once or several times: it has tracks, and each release makes an album.</summary>
    Release,

    /// <summary>A row of <c>albums</c>, with its images.</summary>
    Album,

    /// <summary>A recording: what tracks with the same ISRC have in common.</summary>
    Recording,

    /// <summary>A song: its title and the length of its first recording, whose number it has.</summary>
    Title,

    /// <summary>A row of <c>tracks</c>.</summary>
    Track,

    /// <summary>A row of <c>track_files</c>.</summary>
    TrackFile,

    /// <summary>The id of an artist.</summary>
    ArtistId,

    /// <summary>The id of an album.</summary>
    AlbumId,

    /// <summary>The id of a track.</summary>
    TrackId,
}
