using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Postgres.Building;

/// <summary>Writes records as rows of their tables: the columns of each in the order in which <c>tables.sql</c> has them.</summary>
internal static class EntityRows
{
    /// <summary>Writes a row of <c>artist</c>.</summary>
    public static void Write(CopyWriter rows, in ArtistRecord artist, CatalogRecords records)
    {
        rows.BeginRow(7);
        rows.Integer(artist.Key.Value);
        rows.Text(records.Text(artist.Id));
        rows.Text(records.Text(artist.Name));
        rows.Long(artist.Followers);
        rows.Integer(artist.Popularity);
        rows.Texts(records.Texts(artist.Genres), records);
        rows.Images(records.Images(artist.Images), records);
    }

    /// <summary>Writes a row of <c>album</c>.</summary>
    public static void Write(CopyWriter rows, in AlbumRecord album, CatalogRecords records)
    {
        rows.BeginRow(14);
        rows.Integer(album.Key.Value);
        rows.Text(records.Text(album.Id));
        rows.Text(records.Text(album.Name));
        rows.Text(records.Text(album.Type));
        rows.Text(records.Text(album.Label));
        rows.Text(records.Text(album.ReleaseDate));
        rows.Text(records.Text(album.ReleaseDatePrecision));
        rows.Text(records.Text(album.Upc));
        rows.Integer(album.TotalTracks);
        rows.Text(records.Text(album.Copyright));
        rows.Text(records.Text(album.CopyrightP));
        rows.Integer(album.Popularity);
        rows.Keys(records.Credits(album.Artists));
        rows.Images(records.Images(album.Images), records);
    }

    /// <summary>Writes a row of <c>track</c>.</summary>
    public static void Write(CopyWriter rows, in TrackRecord track, CatalogRecords records)
    {
        rows.BeginRow(17);
        rows.Integer(track.Key.Value);
        rows.Text(records.Text(track.Id));
        rows.Text(records.Text(track.Name));
        rows.Text(records.Text(track.Isrc));
        rows.Integer(track.DurationMs);
        rows.Boolean(track.Explicit);
        rows.Integer(track.TrackNumber);
        rows.Integer(track.DiscNumber);
        rows.Integer(track.Popularity);
        rows.Text(records.Text(track.PreviewUrl));
        rows.Integer(track.Album.Value);
        rows.Keys(records.Credits(track.Artists));
        rows.Text(records.Text(track.OriginalTitle));
        rows.Text(records.Text(track.VersionTitle));
        rows.Boolean(track.HasLyrics);
        rows.Texts(records.Texts(track.Languages), records);
        rows.Texts(records.Texts(track.ArtistRoles), records);
    }
}
