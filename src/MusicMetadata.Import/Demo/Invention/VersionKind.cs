namespace MusicMetadata.Import.Demo.Invention;

/// <summary>What a recording is beside the first one of its song.</summary>
internal enum VersionKind
{
    /// <summary>The first one itself.</summary>
    None,

    /// <summary>Cut short.</summary>
    RadioEdit,

    /// <summary>Made longer.</summary>
    Extended,

    /// <summary>Mixed anew by somebody, who is named.</summary>
    Remix,

    /// <summary>Without amplifiers.</summary>
    Acoustic,

    /// <summary>Without the voice.</summary>
    Instrumental,

    /// <summary>Before an audience.</summary>
    Live,

    /// <summary>A first try.</summary>
    Demo,

    /// <summary>By other artists.</summary>
    Cover,

    /// <summary>By other artists, without the voice.</summary>
    Karaoke,
}
