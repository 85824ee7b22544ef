namespace MusicMetadata.Catalog;

/// <summary>
/// What is known about a track from its audio file: the row of <c>track_files</c> with the track's id. Texts are as in <see cref="Track"/>.
/// </summary>
public readonly ref struct TrackFile
{
    /// <summary>Title without the version; <c>track_files.original_title</c>.</summary>
    public ReadOnlySpan<byte> OriginalTitle { get; init; }

    /// <summary>Version, such as <c>Radio Edit</c>; <c>track_files.version_title</c>.</summary>
    public ReadOnlySpan<byte> VersionTitle { get; init; }

    /// <summary>Whether lyrics exist, null where unknown; <c>track_files.has_lyrics</c>.</summary>
    public bool? HasLyrics { get; init; }

    /// <summary>JSON array of ISO 639 codes, <c>zxx</c> for none, not checked; <c>track_files.language_of_performance</c>.</summary>
    public ReadOnlySpan<byte> LanguagesJson { get; init; }

    /// <summary>JSON array of roles in credit order, not checked; <c>track_files.artist_roles</c>.</summary>
    public ReadOnlySpan<byte> ArtistRolesJson { get; init; }
}
