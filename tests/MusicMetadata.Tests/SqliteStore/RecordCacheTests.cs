using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.Tests.SqliteStore;

public class RecordCacheTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void What_comes_out_is_what_went_in_however_often_the_halves_change_roles(int capacity)
    {
        var cache = new RecordCache(capacity);
        var random = Seeded.Random();
        var records = new CatalogRecords();
        var hits = 0;
        for (var i = 0; i < 20_000; i++)
        {
            // Text of others before it, so that what is copied has to be moved.
            records.Clear();
            _ = records.AddText(new byte[random.Next(100)]);
            var key = new CatalogKey((long)(random.NextDouble() * random.NextDouble() * 200));
            var isAlbum = key.Value % 2 == 0;
            if (isAlbum ? cache.TryCopyAlbum(key, records) : cache.TryCopyArtist(key, records))
            {
                hits++;
            }
            else if (isAlbum)
            {
                var start = records.BeginText();
                var album = new AlbumRecord
                {
                    Key = key,
                    Id = Add(records, "id", key),
                    Name = Add(records, "name", key),
                    TotalTracks = key.Value,
                };
                album.Images = records.AddImages([new ImageRecord(Add(records, "url", key), 640, key.Value)]);
                album.Artists = records.AddCredits([key, new CatalogKey(-1)]);
                records.Add(album, start);
                cache.Keep(records, records.Albums[^1]);
            }
            else
            {
                var start = records.BeginText();
                var artist = new ArtistRecord
                {
                    Key = key,
                    Id = Add(records, "id", key),
                    Name = Add(records, "name", key),
                    Followers = key.Value,
                };
                artist.Genres = records.AddTexts([Add(records, "genre", key)]);
                records.Add(artist, start);
                cache.Keep(records, records.Artists[^1]);
            }

            if (isAlbum)
            {
                var album = records.Albums[records.IndexOfAlbum(key)];
                Assert.Equal(
                    (Text("id", key), Text("name", key), key.Value),
                    (Read(records, album.Id), Read(records, album.Name), album.TotalTracks));
                var image = Assert.Single(records.Images(album.Images).ToArray());
                Assert.Equal((Text("url", key), key.Value), (Read(records, image.Url), image.Height));
                Assert.Equal([key, new CatalogKey(-1)], records.Credits(album.Artists).ToArray());
            }
            else
            {
                var artist = records.Artists[records.IndexOfArtist(key)];
                Assert.Equal(
                    (Text("id", key), Text("name", key), key.Value),
                    (Read(records, artist.Id), Read(records, artist.Name), artist.Followers));
                Assert.Equal(Text("genre", key), Read(records, Assert.Single(records.Texts(artist.Genres).ToArray())));
            }
        }

        Assert.InRange(hits, 1, 19_999);
    }

    private static TextRange Add(CatalogRecords records, string what, CatalogKey key) =>
        records.AddText(Encoding.UTF8.GetBytes(Text(what, key)));

    private static string Read(CatalogRecords records, TextRange range) => Encoding.UTF8.GetString(records.Text(range));

    private static string Text(string what, CatalogKey key) =>
        $"{what} {new string((char)('a' + (key.Value % 26)), (int)(key.Value % 60))}";
}
