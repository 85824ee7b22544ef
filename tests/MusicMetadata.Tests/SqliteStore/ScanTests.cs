using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.SqliteStore;

/// <summary>Walking over a whole catalog gives the records that looking each of them up gives, as far as a walk reads them.</summary>
public sealed class ScanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _database;

    public ScanTests()
    {
        _database = _folder.AddConformanceCatalog();
        using var connection = SqliteFile.OpenForWriting(_database);

        // Credits of tracks and albums that are not there: before, between and after those that are. A track and an album without any.
        connection.Execute("PRAGMA foreign_keys=0");
        connection.Execute("INSERT INTO track_artists SELECT -7, rowid FROM artists LIMIT 3");
        connection.Execute("INSERT INTO track_artists SELECT (SELECT max(rowid) FROM tracks) + 1, rowid FROM artists LIMIT 3");
        connection.Execute("INSERT INTO artist_albums SELECT rowid, -7, 0, 0, 0 FROM artists LIMIT 3");
        connection.Execute("DELETE FROM tracks WHERE rowid % 10 = 3");
        connection.Execute("DELETE FROM albums WHERE rowid % 10 = 3");
        connection.Execute("DELETE FROM track_artists WHERE track_rowid % 10 = 5");
        connection.Execute("DELETE FROM artist_albums WHERE album_rowid % 10 = 5");

        // An album whose rows are not in the order of its credits, with an artist twice.
        connection.Execute("INSERT INTO artist_albums SELECT 6, album_rowid, 0, 0, 9 FROM artist_albums WHERE album_rowid = 2 LIMIT 1");
        connection.Execute("INSERT INTO artist_albums SELECT 5, album_rowid, 0, 0, 8 FROM artist_albums WHERE album_rowid = 2 LIMIT 1");
        connection.Execute("INSERT INTO artist_albums SELECT 6, album_rowid, 0, 0, 7 FROM artist_albums WHERE album_rowid = 2 LIMIT 1");

        // A negative rowid, and a name longer than all that is read at once.
        connection.Execute("UPDATE tracks SET rowid = -5 WHERE rowid = 1");
        connection.Execute("UPDATE tracks SET name = printf('%.*c', 5000000, 'x') WHERE rowid = 2");
    }

    [Theory]
    [InlineData(Entity.Track, 1)]
    [InlineData(Entity.Track, 1000)]
    [InlineData(Entity.Album, 7)]
    [InlineData(Entity.Album, 1000)]
    [InlineData(Entity.Artist, 7)]
    [InlineData(Entity.Artist, 1000)]
    public async Task It_has_every_record_once_in_the_order_of_keys_with_the_fields_of_a_lookup(Entity entity, int batchSize)
    {
        using var store = SqliteCatalog.Open(new StoreOptions { Database = _database });
        using var reader = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        var scanned = await ScanAsync(reader, entity, batchSize, ScanFields.Match);
        var keys = scanned.ConvertAll(record => record.Key);
        Assert.Equal(
            DemoCatalogs.Texts(_database, $"SELECT CAST(rowid AS TEXT) FROM {entity}s ORDER BY {entity}s.rowid"),
            keys.ConvertAll(key => $"{key.Value}"));
        var records = new CatalogRecords();
        foreach (var (key, fields, _, _) in scanned)
        {
            records.Clear();
            await reader.ReadAsync(entity, new[] { key }, withAlbums: false, records);
            Assert.Equal(Describe(records, entity).Single().Fields, fields);
        }

        var names = await ScanAsync(reader, entity, batchSize, ScanFields.Names);
        Assert.Equal(keys, names.ConvertAll(name => name.Key));
        Assert.Equal(
            DemoCatalogs.Texts(_database, $"SELECT name || '|' || {Order(entity)} FROM {entity}s ORDER BY rowid"),
            names.ConvertAll(name => $"{name.Name}|{name.Order}"));
    }

    [Fact]
    public async Task The_extent_ends_at_the_highest_key_and_nothing_has_none()
    {
        using (var store = SqliteCatalog.Open(new StoreOptions { Database = _database }))
        {
            using var reader = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
            Assert.Equal(new EntityExtent(new CatalogKey(3000), 3000), await reader.MeasureAsync(Entity.Track));
        }

        using (var connection = SqliteFile.OpenForWriting(_database))
        {
            connection.Execute("PRAGMA foreign_keys=0; DELETE FROM tracks");
        }

        using var empty = SqliteCatalog.Open(new StoreOptions { Database = _database });
        using var emptyReader = await empty.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        Assert.Equal(new EntityExtent(CatalogKey.None, 0), await emptyReader.MeasureAsync(Entity.Track));
        Assert.Empty(await ScanAsync(emptyReader, Entity.Track, 10, ScanFields.Match));
    }

    public void Dispose() => _folder.Dispose();

    private static string Order(Entity entity) => entity == Entity.Artist ? "followers_total" : "popularity";

    private static async Task<List<(CatalogKey Key, string Fields, string Name, long Order)>> ScanAsync(
        ICatalogReader reader, Entity entity, int batchSize, ScanFields fields)
    {
        var found = new List<(CatalogKey Key, string Fields, string Name, long Order)>();
        var records = new CatalogRecords();
        do
        {
            records.Clear();
            await reader.ScanAsync(entity, found.Count == 0 ? CatalogKey.None : found[^1].Key, batchSize, fields, records);
            found.AddRange(Describe(records, entity));
        }
        while (Describe(records, entity).Count > 0);
        return found;
    }

    private static List<(CatalogKey Key, string Fields, string Name, long Order)> Describe(CatalogRecords records, Entity entity)
    {
        return entity switch
        {
            Entity.Track => [.. records.Tracks.ToArray().Select(track => (
                track.Key,
                $"{track.DurationMs} {track.Explicit} {track.TrackNumber} {track.DiscNumber} {Text(track.Isrc)} {track.Album} "
                    + Credits(track.Artists),
                Text(track.Name),
                track.Popularity))],
            Entity.Album => [.. records.Albums.ToArray().Select(album => (
                album.Key,
                $"{Text(album.Type)} {Text(album.ReleaseDate)} {Text(album.Upc)} {album.TotalTracks} {Credits(album.Artists)}",
                Text(album.Name),
                album.Popularity))],
            _ => [.. records.Artists.ToArray().Select(artist => (artist.Key, $"{artist.Popularity}", Text(artist.Name), artist.Followers))],
        };

        string Text(TextRange range) => Encoding.UTF8.GetString(records.Text(range));
        string Credits(ListRange range) => string.Join(',', records.Credits(range).ToArray());
    }
}
