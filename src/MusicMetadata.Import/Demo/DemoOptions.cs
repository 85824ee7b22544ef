using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo;

/// <summary>What an invented catalog is like. Its defaults stand here.</summary>
public sealed record DemoOptions
{
    /// <summary>The highest number of <see cref="Tracks"/>.</summary>
    public const long MaxTracks = 300_000_000;

    /// <summary>
    /// Changes whenever the same options give other rows than before, so that a catalog of an older version is made again.
    /// </summary>
    public const int GeneratorVersion = 4;

    /// <summary>Rows of <c>tracks</c>. The default is made in a few seconds and still has names worth searching.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to <see cref="MaxTracks"/>.</exception>
    public long Tracks
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxTracks);
            field = value;
        }
    }
    = 100_000;

    /// <summary>The same seed gives the same rows.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The folder that the two files are in.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), $"metadata-api-demo-{CurrentUser.Name}");

    /// <summary>Rows of <c>artists</c>: 15.4 million for 256 million tracks.</summary>
    public int Artists => (int)Math.Max(20, Tracks * 60 / 1000);

    /// <summary>Rows of <c>available_markets</c>: 89,501 for 256 million tracks.</summary>
    public int Markets => (int)Math.Max(16, Tracks * 35 / 100_000);
}
