using MusicMetadata.Search.Postings;

namespace MusicMetadata.Tests.Search;

/// <summary>What is packed into the index comes out of it again.</summary>
public class CodingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(512, 1)]
    [InlineData(512, 3)]
    [InlineData(512, 1000)]
    [InlineData(300, 8_000_000)]
    public void A_chunk_gives_back_its_ranks(int count, int gap)
    {
        var random = Seeded.Random();
        for (var round = 0; round < 50; round++)
        {
            var ranks = new List<uint> { (uint)random.Next(1000) };
            while (ranks.Count < count)
            {
                // Now and then a gap far beyond the others, which leaves the short code.
                var next = ranks[^1] + (ulong)random.Next(1, gap + 1) + (random.Next(200) == 0 ? (ulong)random.Next(300_000_000) : 0);
                if (next > uint.MaxValue)
                {
                    break;
                }

                ranks.Add((uint)next);
            }

            var chunk = Decode(ranks);
            foreach (var rank in ranks)
            {
                Assert.True(chunk.MoveTo(rank));
                Assert.Equal(rank, chunk.Current);
            }

            Assert.False(chunk.MoveTo(ranks[^1] + 1));
        }
    }

    [Fact]
    public void A_chunk_can_be_entered_anywhere()
    {
        List<uint> ranks = [.. Enumerable.Range(0, 500).Select(i => (uint)(i * i))];
        for (var target = 0U; target <= 499 * 499; target += 37)
        {
            var chunk = Decode(ranks);
            Assert.True(chunk.MoveTo(target));
            Assert.Equal(ranks.First(rank => rank >= target), chunk.Current);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 200)]
    [InlineData(-5, 5)]
    [InlineData(4_000_000_000, 9_000_000_000)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void A_block_gives_back_its_rowids(long lowest, long highest)
    {
        var random = Seeded.Random();
        for (var count = 1; count <= RowBlock.Ranks; count += 9)
        {
            var rowids = Enumerable.Range(0, count).Select(_ => highest == long.MaxValue ? random.NextInt64(lowest, highest) : random.NextInt64(lowest, highest + 1)).ToArray();
            byte[] block = [.. RowBlock.Encode(rowids, new BitWriter()), .. new byte[BitReader.Padding]];
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(rowids[i], RowBlock.Decode(block, i));
            }
        }
    }

    [Fact]
    public void Damaged_bytes_end_a_chunk_within_1024_ranks()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 5000; round++)
        {
            var bytes = new byte[random.Next(0, 60) + BitReader.Padding];
            random.NextBytes(bytes);
            var chunk = new PostingChunk.Decoder(bytes, 0);
            var moves = 0;
            while (chunk.Current < uint.MaxValue && chunk.MoveTo(chunk.Current + 1))
            {
                Assert.True(++moves < 1024);
            }

            _ = RowBlock.Decode(bytes, random.Next(RowBlock.Ranks));
        }
    }

    private static PostingChunk.Decoder Decode(List<uint> ranks) => new([.. PostingChunk.Encode(ranks.ToArray(), new BitWriter()), .. new byte[BitReader.Padding]], ranks[0]);
}
