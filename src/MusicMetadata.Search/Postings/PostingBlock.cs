using System.Numerics;

namespace MusicMetadata.Search.Postings;

/// <summary>
/// A piece of an n-gram's list of ordinals: the first is the piece's key, the others are Rice-coded gaps.
/// </summary>
/// <remarks>
/// Gaps of an n-gram's ordinals are nearly geometrically distributed, for which Rice codes are within a few hundredths of a bit of the best
/// there is: 7 to 8 bits a gap, where variable-length bytes take 10 to 11.
/// Layout: 10 bits for the number of gaps, 5 for the width of their low part; then each gap less 1: its high part as ones and a zero, then
/// its low part.
/// <see cref="Escape"/> ones without a zero: the whole gap less 1 follows in 32 bits.
/// </remarks>
internal static class PostingBlock
{
    /// <summary>
    /// Ordinals in a block at most. Finding one costs about a microsecond, decoding half of it as much: larger ones slow rare words down,
    /// smaller ones cost bytes (13 for each row).
    /// </summary>
    public const int MaxOrdinals = 512;

    private const int Escape = 20;

    /// <summary>Encodes ordinals, in ascending order, the first of which the reader will know.</summary>
    public static ReadOnlySpan<byte> Encode(ReadOnlySpan<uint> ordinals, BitWriter writer)
    {
        var width = BestWidth(ordinals);
        writer.Write((ulong)(ordinals.Length - 1), 10);
        writer.Write((ulong)width, 5);
        for (var i = 1; i < ordinals.Length; i++)
        {
            var gap = ordinals[i] - ordinals[i - 1] - 1;
            var high = gap >> width;
            if (high < Escape)
            {
                writer.Write((1UL << (int)high) - 1, (int)high + 1);
                writer.Write(gap & ((1UL << width) - 1), width);
            }
            else
            {
                writer.Write((1UL << Escape) - 1, Escape);
                writer.Write(gap, 32);
            }
        }

        return writer.Finish();
    }

    /// <summary>The width near the logarithm of the mean gap that makes the fewest bits.</summary>
    private static int BestWidth(ReadOnlySpan<uint> ordinals)
    {
        if (ordinals.Length < 2)
        {
            return 0;
        }

        var mean = (ordinals[^1] - ordinals[0]) / (uint)(ordinals.Length - 1);
        var around = BitOperations.Log2(Math.Max(1, mean));
        var (best, minBits) = (0, long.MaxValue);

        // One long gap among many short ones draws the mean up, never down.
        for (var width = Math.Max(0, around - 4); width <= around; width++)
        {
            var bits = 0L;
            for (var i = 1; i < ordinals.Length; i++)
            {
                var high = (ordinals[i] - ordinals[i - 1] - 1) >> width;
                bits += high < Escape ? high + 1 + width : Escape + 32;
            }

            if (bits < minBits)
            {
                (best, minBits) = (width, bits);
            }
        }

        return best;
    }

    /// <summary>Reads a block ordinal by ordinal, so that only the part that is needed is decoded.</summary>
    public struct Decoder
    {
        private readonly int _width;
        private BitReader _bits;
        private int _left;

        /// <summary>Begins at the first ordinal.</summary>
        /// <param name="bytes">What <see cref="Encode"/> wrote and the padding of <see cref="BitReader"/>.</param>
        /// <param name="first">The block's first ordinal.</param>
        public Decoder(byte[] bytes, uint first)
        {
            _bits = new BitReader(bytes);
            Current = first;
            _left = (int)_bits.Read(10);
            _width = (int)_bits.Read(5);
        }

        /// <summary>The ordinal that was read last.</summary>
        public uint Current { get; private set; }

        /// <summary>Goes on to the first ordinal that is not below <paramref name="target"/>; false when the block has none.</summary>
        public bool MoveTo(uint target)
        {
            while (Current < target)
            {
                if (_left == 0)
                {
                    return false;
                }

                _left--;
                var high = _bits.ReadOnes(Escape);
                Current += (high < Escape ? ((uint)high << _width) + (uint)_bits.Read(_width) : (uint)_bits.Read(32)) + 1;
            }

            return true;
        }
    }
}
