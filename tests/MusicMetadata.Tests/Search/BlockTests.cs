using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;
using MusicMetadata.Search.Blocks;

namespace MusicMetadata.Tests.Search;

/// <summary>Blocks of artists come back as they were written, and damaged ones are told.</summary>
public class BlockTests
{
    [Fact]
    public void A_block_is_read_as_it_was_written()
    {
        var random = Seeded.Random();
        for (var i = 0; i < 300; i++)
        {
            var artists = Invent(random);
            var (hashes, fields) = Encode(artists);
            var block = ArtistBlock.Decode(hashes, fields);
            Assert.Equal(artists.Keys, block.Artists);
            Assert.All(artists, artist => Assert.Equal(
                artist.Value.Select(entry => entry.Track).OrderBy(track => !track.IsPrimary).ThenBy(track => track.Track),
                block.Find(artist.Key).ToArray()));
            Assert.Equal(0, block.Find(long.MaxValue).Length);
        }
    }

    [Fact]
    public void A_damaged_block_is_told_or_is_another_block()
    {
        var random = Seeded.Random();
        var told = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var (hashes, fields) = Encode(Invent(random));
            var bytes = random.Next(3) == 0 ? hashes : fields;
            var damaged = random.Next(2) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            if (damaged.Length > 0)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            told += Record.Exception(() => ArtistBlock.Decode(
                bytes == hashes ? damaged : hashes, bytes == fields ? damaged : fields)) switch
            {
                null => 0,
                InvalidDataException => 1,
                var other => throw other,
            };
        }

        Assert.True(told > 1_000, $"only {told} were told");
    }

    private static SortedDictionary<long, List<(CatalogKey Album, TrackSketch Track)>> Invent(Random random)
    {
        var artists = new SortedDictionary<long, List<(CatalogKey, TrackSketch)>>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var tracks = Enumerable.Range(0, random.Next(1, 20)).Select(_ => Track(random)).DistinctBy(track => track.Track.Track);
            artists[random.NextInt64(1L << 43)] = [.. tracks.OrderBy(track => track.Track.TitleHash).ThenBy(track => track.Track.Track)];
        }

        return artists;
    }

    private static (CatalogKey Album, TrackSketch Track) Track(Random random)
    {
        var isPrimary = random.Next(4) > 0;
        var album = random.Next(5);
        var number = random.Next(1, 20);
        var title = random.Next(10);
        var versions = random.Next(3) == 0 ? (TitleVersions)random.Next(1, 1 << 14) : TitleVersions.None;
        var track = new TrackSketch
        {
            Track = new CatalogKey((album * 1000L) + number - 2000),
            TitleHash = title * 1_000_003 % (1 << 24),
            Versions = versions,
            DetailHash = versions == TitleVersions.None ? (byte)0 : (byte)random.Next(256),
            DurationMs = random.Next(1000) * ArtistBlock.DurationUnit,
            Popularity = (byte)random.Next(101),
            Explicit = random.Next(2) == 0,
            IsPrimary = isPrimary,
            ArtistCount = random.Next(1, 4),
        };
        return (new CatalogKey(album), isPrimary
            ? track with
            {
                TitleBigrams = TitleSketch.BigramsOf($"title {title}"),
                Year = album == 0 ? 0 : 1990 + album,
                AlbumHash = (ushort)(album * 7919),
                DiscNumber = random.Next(8) == 0 ? 2 : 1,
                TrackNumber = random.Next(8) == 0 ? 99 : number,
            }
            : track);
    }

    private static (byte[] Hashes, byte[] Fields) Encode(SortedDictionary<long, List<(CatalogKey Album, TrackSketch Track)>> artists)
    {
        var encoder = new ArtistBlockEncoder();
        foreach (var (artist, tracks) in artists)
        {
            encoder.Add(artist, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tracks));
        }

        encoder.Finish(out var hashes, out var fields);
        return (hashes.ToArray(), fields.ToArray());
    }
}
