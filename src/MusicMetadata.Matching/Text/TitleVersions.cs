namespace MusicMetadata.Matching.Text;

/// <summary>
/// What a title says of the version: words in a bracket, or behind a dash, at its end. Stored in the search index as they are here.
/// </summary>
[Flags]
public enum TitleVersions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The same recording, mastered anew.</summary>
    Remaster = 1 << 0,

    /// <summary>The same recording in mono or stereo.</summary>
    Mono = 1 << 1,

    /// <summary>Recorded before an audience, or in a studio session for one.</summary>
    Live = 1 << 2,

    /// <summary>Somebody else's mix.</summary>
    Remix = 1 << 3,

    /// <summary>Without amplifiers.</summary>
    Acoustic = 1 << 4,

    /// <summary>Without the voice.</summary>
    Instrumental = 1 << 5,

    /// <summary>Played again by others for singing to.</summary>
    Karaoke = 1 << 6,

    /// <summary>Played again by others.</summary>
    Cover = 1 << 7,

    /// <summary>Recorded before the recording proper.</summary>
    Demo = 1 << 8,

    /// <summary>Played back faster or slower.</summary>
    Speed = 1 << 9,

    /// <summary>Cut short, mostly for radio.</summary>
    Edit = 1 << 10,

    /// <summary>Made longer.</summary>
    Extended = 1 << 11,

    /// <summary>Part of a continuous mix.</summary>
    Mixed = 1 << 12,

    /// <summary>Recorded again, in another language, or another version whose kind has no name here.</summary>
    Alternate = 1 << 13,
}
