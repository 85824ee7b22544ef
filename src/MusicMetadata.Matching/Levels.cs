namespace MusicMetadata.Matching;

/// <summary>How a title fits.</summary>
public enum TitleLevel
{
    /// <summary>The same, with the same words of a version.</summary>
    Exact,

    /// <summary>The same song; other words of a version, or of artists.</summary>
    Core,

    /// <summary>The same but for a few letters, or as far as it goes.</summary>
    Typo,

    /// <summary>Many of the same words.</summary>
    Weak,

    /// <summary>Another one.</summary>
    Clash,

    /// <summary>Written in another script, which says little.</summary>
    OtherScript,

    /// <summary>The file has none.</summary>
    Missing,
}

/// <summary>How artists fit.</summary>
public enum ArtistLevel
{
    /// <summary>All that are credited, and no others.</summary>
    All,

    /// <summary>The first that is credited.</summary>
    Primary,

    /// <summary>One that is credited.</summary>
    Any,

    /// <summary>One that is credited but for a few letters.</summary>
    Typo,

    /// <summary>The file names none.</summary>
    Missing,

    /// <summary>Others.</summary>
    Clash,

    /// <summary>Written in another script, which says little.</summary>
    OtherScript,
}

/// <summary>How an album's name fits.</summary>
public enum AlbumLevel
{
    /// <summary>The same.</summary>
    Exact,

    /// <summary>The same but for the edition.</summary>
    Core,

    /// <summary>Nearly the same, or one within the other.</summary>
    Near,

    /// <summary>Another one.</summary>
    Differs,

    /// <summary>The file names none.</summary>
    Missing,
}

/// <summary>How ISRCs fit.</summary>
public enum IsrcLevel
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Both are there and differ.</summary>
    Differs,

    /// <summary>One is missing.</summary>
    Absent,
}

/// <summary>What an answer comes to.</summary>
public enum MatchDecision
{
    /// <summary>It can be relied on without looking.</summary>
    Accept,

    /// <summary>Two recordings fit alike.</summary>
    Ambiguous,

    /// <summary>Likely; somebody should look.</summary>
    Review,

    /// <summary>Nothing fits.</summary>
    None,
}
