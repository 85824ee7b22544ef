namespace MusicMetadata.Import.Demo.Invention;

/// <summary>What an album and its tracks share. Filled anew for each album by <see cref="AlbumSequence"/>.</summary>
internal sealed class DemoAlbum
{
    /// <summary>Albums before this one.</summary>
    public long Number { get; set; }

    /// <summary>Releases before this one's; a release has one album or, when it came out again, several.</summary>
    public long Release { get; set; }

    /// <summary>0 for the first edition of a release.</summary>
    public int Edition { get; set; }

    /// <summary>Tracks before this album's.</summary>
    public long FirstTrack { get; set; }

    /// <summary>Recordings before this release's. Editions of a release have the same recordings.</summary>
    public long FirstRecording { get; set; }

    /// <summary>How many tracks it has.</summary>
    public int Tracks { get; set; }

    /// <summary>How many tracks the first edition of the release has; a deluxe edition has more.</summary>
    public int ReleaseTracks { get; set; }

    /// <summary>The script of its names.</summary>
    public int Script { get; set; }

    /// <summary>Whether each track is by somebody else.</summary>
    public bool Compilation { get; set; }

    /// <summary>How its tracks came about.</summary>
    public ReleaseKind Kind { get; set; }

    /// <summary>The year in which this edition was mastered anew; 0 when it was not.</summary>
    public int RemasterYear { get; set; }

    /// <summary>Row numbers, from 0, of the artists that it is by, in order.</summary>
    public List<int> Artists { get; } = [];

    /// <summary>Row numbers of the artists that tracks may have besides.</summary>
    public List<int> Guests { get; } = [];

    /// <summary>For a release that has recordings or songs of earlier ones: which, of its first tracks.</summary>
    public List<(DemoAlbum Release, int Index)> Picks { get; } = [];

    /// <summary>Whether it has more tracks than the first edition.</summary>
    public bool IsDeluxe => Tracks > ReleaseTracks;

    /// <summary>The value of <c>album_type</c>.</summary>
    public ReadOnlySpan<byte> Type => Compilation ? "compilation"u8 : Tracks < 7 ? "single"u8 : "album"u8;

    /// <summary>The release that the recording of a track was made for, and the track's index there.</summary>
    public (DemoAlbum Release, int Index) OriginOf(int index) =>
        Kind is ReleaseKind.Lifted or ReleaseKind.Anthology && index < Picks.Count ? Picks[index] : (this, index);

    /// <summary>The version of a song that a recording of this release is, and where its first recording is.</summary>
    /// <param name="index">The track's index.</param>
    /// <param name="random">The recording's stream.</param>
    public (DemoAlbum Release, int Index, VersionKind Version) SongOf(int index, ref SplitMix random)
    {
        if (index < Picks.Count)
        {
            var (release, song) = Picks[index];
            return (release, release.Kind == ReleaseKind.Versions ? 0 : song, Kind switch
            {
                ReleaseKind.Live => VersionKind.Live,
                ReleaseKind.Karaoke => VersionKind.Karaoke,
                _ => VersionKind.Cover,
            });
        }

        if (Kind == ReleaseKind.Versions && index > 0)
        {
            return (this, 0, Versions.ForSingle(Release, index));
        }

        // What a deluxe edition has more is mostly versions of what is on the album.
        var isBonus = index >= ReleaseTracks;
        return isBonus && random.InThousand(700) ? (this, index - ReleaseTracks, Versions.PickForAlbum(ref random))
            : (this, index, !isBonus && random.InThousand(60) ? Versions.PickForAlbum(ref random) : VersionKind.None);
    }
}
