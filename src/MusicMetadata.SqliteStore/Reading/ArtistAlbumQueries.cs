using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore.Reading;

/// <summary>Finds the albums of artists.</summary>
internal sealed class ArtistAlbumQueries(Connection main)
{
    /// <summary>CROSS JOIN keeps SQLite from beginning with the albums. One that is not there is left out.</summary>
    private const string OfArtist = """
        SELECT
            artist_albums.album_rowid,
            artist_albums.is_appears_on OR artist_albums.is_implicit_appears_on,
            albums.album_type,
            albums.release_date
        FROM artist_albums
        CROSS JOIN albums
        WHERE artist_albums.artist_rowid = ?1 AND albums.rowid = artist_albums.album_rowid
        """;

    private readonly Statement _ofArtist = main.Prepare(OfArtist);

    /// <summary>Adds an artist's albums of some groups, newest first, then by rowid.</summary>
    public void Find(CatalogKey artist, AlbumGroups groups, KeyLists albums)
    {
        var found = new List<Album>();
        using (var rows = _ofArtist.Query(artist.Value))
        {
            while (rows.Step())
            {
                var group = rows.Number(1) != 0 ? AlbumGroups.AppearsOn : GroupOf(rows.Text(2));
                found.Add(new Album(Encoding.UTF8.GetString(rows.Text(3)), new CatalogKey(rows.Number(0)), group));
            }
        }

        found.Sort();
        var last = CatalogKey.None;
        foreach (var album in found)
        {
            // Of several rows of one album, the one that makes it the artist's own counts.
            if (album.Key != last && (groups & album.Group) != 0)
            {
                albums.Add(album.Key);
            }

            last = album.Key;
        }
    }

    private static AlbumGroups GroupOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("single"u8) ? AlbumGroups.Singles
        : type.SequenceEqual("compilation"u8) ? AlbumGroups.Compilations
        : AlbumGroups.Albums;

    /// <summary>An album as the artist has it; sorts before older ones.</summary>
    private readonly record struct Album(string ReleaseDate, CatalogKey Key, AlbumGroups Group) : IComparable<Album>
    {
        public int CompareTo(Album other)
        {
            var order = string.CompareOrdinal(other.ReleaseDate, ReleaseDate);
            order = order != 0 ? order : Key.CompareTo(other.Key);
            return order != 0 ? order : Group.CompareTo(other.Group);
        }
    }
}
