namespace MusicMetadata.Catalog.Records;

/// <summary>A recording as it stands on one album.</summary>
public record struct TrackRecord
{
    /// <summary>Its key in the store.</summary>
    public CatalogKey Key { get; set; }

    /// <summary>22 characters of base62; <c>tracks.id</c>.</summary>
    public TextRange Id { get; set; }

    /// <summary><c>tracks.name</c>.</summary>
    public TextRange Name { get; set; }

    /// <summary>International Standard Recording Code (ISO 3901) as stored, in any case; <c>tracks.external_id_isrc</c>.</summary>
    public TextRange Isrc { get; set; }

    /// <summary>Length in milliseconds; <c>tracks.duration_ms</c>.</summary>
    public long DurationMs { get; set; }

    /// <summary>Whether the recording is marked as explicit; <c>tracks.explicit</c> is not 0.</summary>
    public bool Explicit { get; set; }

    /// <summary>Position on its disc, from 1; 0 for what is hidden before the first track; <c>tracks.track_number</c>.</summary>
    public long TrackNumber { get; set; }

    /// <summary>Disc of the album, from 1; <c>tracks.disc_number</c>.</summary>
    public long DiscNumber { get; set; }

    /// <summary>0 to 100, higher is more popular; <c>tracks.popularity</c>.</summary>
    public long Popularity { get; set; }

    /// <summary>Address of a short audio sample; <c>tracks.preview_url</c>.</summary>
    public TextRange PreviewUrl { get; set; }

    /// <summary>The album that it stands on: a record beside this one, unless albums were not asked for or it is not there.</summary>
    public CatalogKey Album { get; set; }

    /// <summary>
    /// Number of the list of markets where it may be heard, 0 where that is not known; <c>tracks.available_markets_rowid</c>.
    /// </summary>
    public long MarketList { get; set; }

    /// <summary>The credited artists in the order of credits, among <see cref="CatalogRecords.Credits"/>; <c>track_artists</c>.</summary>
    public ListRange Artists { get; set; }

    /// <summary>Title without the version; <c>track_files.original_title</c>.</summary>
    public TextRange OriginalTitle { get; set; }

    /// <summary>Version, such as <c>Radio Edit</c>; <c>track_files.version_title</c>.</summary>
    public TextRange VersionTitle { get; set; }

    /// <summary>Whether lyrics exist, null where unknown; <c>track_files.has_lyrics</c>.</summary>
    public bool? HasLyrics { get; set; }

    /// <summary>
    /// ISO 639 codes, <c>zxx</c> for none, among <see cref="CatalogRecords.Texts"/>; <c>track_files.language_of_performance</c>.
    /// </summary>
    public ListRange Languages { get; set; }

    /// <summary>Roles in the order of credits, among <see cref="CatalogRecords.Texts"/>; <c>track_files.artist_roles</c>.</summary>
    public ListRange ArtistRoles { get; set; }

    /// <summary>
    /// The MBID of the recording, in the form of an id; only in a catalog made from MusicBrainz; <c>musicbrainz_recordings</c>.
    /// </summary>
    public TextRange RecordingId { get; set; }
}
