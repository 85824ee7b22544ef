namespace MusicMetadata.Import.MusicBrainz;

/// <summary>A table of a dump that the import reads. Columns stand in the order of the server's <c>CreateTables.sql</c>.</summary>
/// <param name="Name">The name of its member.</param>
/// <param name="Columns">How many columns it has; later schemas append theirs.</param>
/// <param name="Archive">The archive that it comes in.</param>
internal sealed record DumpTable(string Name, int Columns, string Archive)
{
    private const string Core = "mbdump.tar.bz2";
    private const string Derived = "mbdump-derived.tar.bz2";
    private const string CoverArt = "mbdump-cover-art-archive.tar.bz2";

    public static readonly DumpTable Artist = new("artist", 19, Core);
    public static readonly DumpTable ArtistCreditName = new("artist_credit_name", 5, Core);
    public static readonly DumpTable ArtistRedirect = new("artist_gid_redirect", 3, Core);
    public static readonly DumpTable Genre = new("genre", 6, Core);
    public static readonly DumpTable Isrc = new("isrc", 5, Core);
    public static readonly DumpTable Label = new("label", 16, Core);
    public static readonly DumpTable Medium = new("medium", 9, Core);
    public static readonly DumpTable Recording = new("recording", 9, Core);
    public static readonly DumpTable RecordingRedirect = new("recording_gid_redirect", 3, Core);
    public static readonly DumpTable Release = new("release", 14, Core);
    public static readonly DumpTable ReleaseCountry = new("release_country", 5, Core);
    public static readonly DumpTable ReleaseRedirect = new("release_gid_redirect", 3, Core);
    public static readonly DumpTable ReleaseGroup = new("release_group", 8, Core);
    public static readonly DumpTable ReleaseGroupSecondaryType = new("release_group_secondary_type_join", 3, Core);
    public static readonly DumpTable ReleaseLabel = new("release_label", 5, Core);
    public static readonly DumpTable ReleaseUnknownCountry = new("release_unknown_country", 4, Core);
    public static readonly DumpTable Track = new("track", 12, Core);
    public static readonly DumpTable TrackRedirect = new("track_gid_redirect", 3, Core);

    public static readonly DumpTable ArtistMeta = new("artist_meta", 3, Derived);
    public static readonly DumpTable ArtistTag = new("artist_tag", 4, Derived);
    public static readonly DumpTable RecordingMeta = new("recording_meta", 3, Derived);
    public static readonly DumpTable ReleaseGroupMeta = new("release_group_meta", 7, Derived);
    public static readonly DumpTable Tag = new("tag", 3, Derived);

    public static readonly DumpTable CoverArtImage = new("cover_art_archive.cover_art", 12, CoverArt);
    public static readonly DumpTable CoverArtType = new("cover_art_archive.cover_art_type", 2, CoverArt);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DumpTable> All { get; } =
    [
        Artist, ArtistCreditName, ArtistRedirect, Genre, Isrc, Label, Medium, Recording, RecordingRedirect, Release, ReleaseCountry,
        ReleaseRedirect, ReleaseGroup, ReleaseGroupSecondaryType, ReleaseLabel, ReleaseUnknownCountry, Track, TrackRedirect,
        ArtistMeta, ArtistTag, RecordingMeta, ReleaseGroupMeta, Tag,
        CoverArtImage, CoverArtType,
    ];

    /// <summary>Whether there is no catalog without it.</summary>
    public bool IsRequired => Archive == Core;
}
