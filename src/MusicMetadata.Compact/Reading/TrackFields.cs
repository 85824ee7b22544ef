using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Reading;

/// <summary>A track that a record holds.</summary>
internal struct TrackFields
{
    /// <summary>Its key.</summary>
    public long Key;

    /// <summary>Its id.</summary>
    public IdText Id;

    /// <summary>Its name.</summary>
    public Extent Name;

    /// <summary>How its ISRC is written.</summary>
    public IsrcKind IsrcKind;

    /// <summary>Country and registrant of its ISRC.</summary>
    public CodedText IsrcHead;

    /// <summary>The rest of its ISRC as a number; where the whole is, when it is not regular.</summary>
    public (int Number, Extent Text) Isrc;

    /// <summary>Milliseconds.</summary>
    public long DurationMs;

    /// <summary>Bit 0: explicit; the others: 0 when unknown, 1 without lyrics, 2 with.</summary>
    public int Flags;

    /// <summary>Its popularity.</summary>
    public long Popularity;

    /// <summary>Its disc.</summary>
    public long DiscNumber;

    /// <summary>Its place on the disc.</summary>
    public long TrackNumber;

    /// <summary>The address of its preview.</summary>
    public UrlField Preview;

    /// <summary>Numbers of its artists.</summary>
    public ListRange Artists;

    /// <summary>Its title without the version.</summary>
    public Extent OriginalTitle;

    /// <summary>Its version.</summary>
    public Extent VersionTitle;

    /// <summary>Languages.</summary>
    public ListRange Languages;

    /// <summary>Roles of artists.</summary>
    public ListRange Roles;
}
