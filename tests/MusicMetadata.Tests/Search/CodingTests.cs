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
    public void A_posting_block_gives_back_its_ordinals(int count, int gap)
    {
        var random = Seeded.Random();
        for (var round = 0; round < 50; round++)
        {
            var ordinals = new List<uint> { (uint)random.Next(1000) };
            while (ordinals.Count < count)
            {
                // Now and then a gap far beyond the others, which leaves the short code.
                var next = ordinals[^1] + (ulong)random.Next(1, gap + 1) + (random.Next(200) == 0 ? (ulong)random.Next(300_000_000) : 0);
                if (next > uint.MaxValue)
                {
                    break;
                }

                ordinals.Add((uint)next);
            }

            var block = Decode(ordinals);
            foreach (var ordinal in ordinals)
            {
                Assert.True(block.MoveTo(ordinal));
                Assert.Equal(ordinal, block.Current);
            }

            Assert.False(block.MoveTo(ordinals[^1] + 1));
        }
    }

    [Fact]
    public void A_posting_block_can_be_entered_anywhere()
    {
        List<uint> ordinals = [.. Enumerable.Range(0, 500).Select(i => (uint)(i * i))];
        for (var target = 0U; target <= 499 * 499; target += 37)
        {
            var block = Decode(ordinals);
            Assert.True(block.MoveTo(target));
            Assert.Equal(ordinals.First(ordinal => ordinal >= target), block.Current);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 200)]
    [InlineData(-5, 5)]
    [InlineData(4_000_000_000, 9_000_000_000)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void A_key_block_gives_back_its_keys(long lowest, long highest)
    {
        var random = Seeded.Random();
        for (var count = 1; count <= KeyBlock.Size; count += 9)
        {
            var end = highest == long.MaxValue ? highest : highest + 1;
            var keys = Enumerable.Range(0, count).Select(_ => random.NextInt64(lowest, end)).ToArray();
            byte[] block = [.. KeyBlock.Encode(keys, new BitWriter()), .. new byte[BitReader.Padding]];
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(keys[i], KeyBlock.Decode(block, i));
            }
        }
    }

    [Fact]
    public void Damaged_bytes_end_a_posting_block_within_1024_ordinals()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 5000; round++)
        {
            var bytes = new byte[random.Next(0, 60) + BitReader.Padding];
            random.NextBytes(bytes);
            var block = new PostingBlock.Decoder(bytes, 0);
            var moves = 0;
            while (block.Current < uint.MaxValue && block.MoveTo(block.Current + 1))
            {
                Assert.True(++moves < 1024);
            }

            _ = KeyBlock.Decode(bytes, random.Next(KeyBlock.Size));
        }
    }

    private static PostingBlock.Decoder Decode(List<uint> ordinals) =>
        new([.. PostingBlock.Encode(ordinals.ToArray(), new BitWriter()), .. new byte[BitReader.Padding]], ordinals[0]);
}
