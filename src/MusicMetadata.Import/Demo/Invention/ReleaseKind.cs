namespace MusicMetadata.Import.Demo.Invention;

/// <summary>How the tracks of a release came about.</summary>
internal enum ReleaseKind
{
    /// <summary>Songs of its own.</summary>
    Original,

    /// <summary>One song, and versions of it.</summary>
    Versions,

    /// <summary>A recording of an earlier album, on its own.</summary>
    Lifted,

    /// <summary>Recordings of earlier releases, by whoever made them.</summary>
    Anthology,

    /// <summary>Songs of an earlier release, played again by the same artists on a stage.</summary>
    Live,

    /// <summary>Songs of others.</summary>
    Covers,

    /// <summary>Songs of others, for singing to.</summary>
    Karaoke,
}
