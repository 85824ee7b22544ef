namespace MusicMetadata.Catalog;

/// <summary>What an album is to an artist.</summary>
[Flags]
public enum AlbumGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An album of the artist's own: of this type, or of any that is not listed here.</summary>
    Albums = 1,

    /// <summary>A single of the artist's own.</summary>
    Singles = 2,

    /// <summary>A compilation of the artist's own.</summary>
    Compilations = 4,

    /// <summary>Another's album on which the artist can be heard, of whatever type.</summary>
    AppearsOn = 8,

    /// <summary>Any of these.</summary>
    All = Albums | Singles | Compilations | AppearsOn,
}
