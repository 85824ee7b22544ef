namespace MusicMetadata.Import.Demo.Invention;

/// <summary>What titles say of versions, in the ways in which catalogs write it.</summary>
internal static class Versions
{
    // A place marked with @ is taken by the name of whom the version is by, or from.
    private static readonly Dictionary<VersionKind, byte[][]> Suffixes = new()
    {
        [VersionKind.None] = [],
        [VersionKind.RadioEdit] =
        [
            " - Radio Edit"u8.ToArray(), " (Radio Edit)"u8.ToArray(), " - Edit"u8.ToArray(),
            " - Single Version"u8.ToArray(),
        ],
        [VersionKind.Extended] = [" - Extended Mix"u8.ToArray(), " (Extended Version)"u8.ToArray(), " - Club Mix"u8.ToArray()],
        [VersionKind.Remix] =
        [
            " - @ Remix"u8.ToArray(), " (@ Remix)"u8.ToArray(), " - @ Extended Remix"u8.ToArray(),
            " [@ Rework]"u8.ToArray(),
        ],
        [VersionKind.Acoustic] = [" (Acoustic)"u8.ToArray(), " - Acoustic"u8.ToArray(), " - Acoustic Version"u8.ToArray()],
        [VersionKind.Instrumental] = [" - Instrumental"u8.ToArray(), " (Instrumental)"u8.ToArray()],
        [VersionKind.Live] =
        [
            " - Live"u8.ToArray(), " (Live)"u8.ToArray(), " (Live at Wembley)"u8.ToArray(), " - Live from Paradiso"u8.ToArray(),
            " - En Vivo"u8.ToArray(), " (Live 1998)"u8.ToArray(),
        ],
        [VersionKind.Demo] = [" (Demo)"u8.ToArray(), " - Demo"u8.ToArray(), " - Demo Version"u8.ToArray()],
        [VersionKind.Cover] = [[], [], [], [], " (Cover)"u8.ToArray(), " (@ Cover)"u8.ToArray()],
        [VersionKind.Karaoke] =
        [
            " (Karaoke Version)"u8.ToArray(), " - Karaoke Version"u8.ToArray(),
            " (Originally Performed by @) [Karaoke Version]"u8.ToArray(),
            " (In the Style of @) - Karaoke"u8.ToArray(), " - Karaoke Instrumental Version"u8.ToArray(),
        ],
    };

    private static readonly VersionKind[] OfSingles =
    [
        VersionKind.RadioEdit, VersionKind.Remix, VersionKind.Extended, VersionKind.Remix, VersionKind.Instrumental, VersionKind.Remix,
        VersionKind.Acoustic,
    ];

    private static readonly VersionKind[] OfAlbums =
        [VersionKind.Live, VersionKind.Acoustic, VersionKind.Demo, VersionKind.Remix, VersionKind.Live, VersionKind.Instrumental];

    /// <summary>
    /// A version as singles have it; but for remixes, which are told apart by a name, another one for each track of a release.
    /// </summary>
    public static VersionKind ForSingle(long release, int index) => OfSingles[(release + index) % OfSingles.Length];

    /// <summary>A version as albums have it, at their end.</summary>
    public static VersionKind PickForAlbum(ref SplitMix random) => OfAlbums[random.Below(OfAlbums.Length)];

    /// <summary>One of the texts that tell a version; an @ in it is the place of a name.</summary>
    public static ReadOnlySpan<byte> PickSuffix(VersionKind version, ref SplitMix random) =>
        Suffixes[version] is { Length: > 0 } suffixes ? suffixes[random.Below(suffixes.Length)] : [];

    /// <summary>The length of a version of a song whose first recording lasts so many milliseconds.</summary>
    public static int DurationOf(VersionKind version, int first, ref SplitMix random)
    {
        var duration = first + version switch
        {
            VersionKind.None => 0,
            VersionKind.RadioEdit => -15_000 - random.Below(first / 4),
            VersionKind.Extended => 60_000 + random.Below(180_000),
            VersionKind.Remix => -30_000 + random.Below(150_000),
            VersionKind.Instrumental => random.Below(1_500),
            VersionKind.Karaoke => -3_000 + random.Below(8_000),
            VersionKind.Cover => -25_000 + random.Below(50_000),
            _ => -40_000 + random.Below(90_000),
        };
        return Math.Max(20_000, duration);
    }
}
