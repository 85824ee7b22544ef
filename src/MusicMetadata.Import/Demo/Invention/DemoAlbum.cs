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

    /// <summary>The script of its names.</summary>
    public int Script { get; set; }

    /// <summary>Whether each track is by somebody else.</summary>
    public bool Compilation { get; set; }

    /// <summary>Row numbers, from 0, of the artists that it is by, in order.</summary>
    public List<int> Artists { get; } = [];

    /// <summary>Row numbers of the artists that tracks may have besides.</summary>
    public List<int> Guests { get; } = [];

    /// <summary>The value of <c>album_type</c>.</summary>
    public ReadOnlySpan<byte> Type => Compilation ? "compilation"u8 : Tracks < 7 ? "single"u8 : "album"u8;
}
