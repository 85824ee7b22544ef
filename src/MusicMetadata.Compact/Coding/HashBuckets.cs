using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using MusicMetadata.Catalog;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// How a table of hashes is divided: into buckets of some sixty entries, each a row. An entry is twelve bits of the hash and, above them, a
/// key less the lowest one; entries follow each other bit by bit. What has the same twelve bits as what is sought is only a candidate.
/// </summary>
/// <remarks>
/// Small buckets share pages without loss; one of a page's size would leave an eighth of it free for those that are fuller.
/// </remarks>
/// <param name="Buckets">How many there are.</param>
/// <param name="Lowest">The lowest key.</param>
/// <param name="KeyBits">Bits of a key.</param>
internal sealed record HashBuckets(long Buckets, long Lowest, int KeyBits)
{
    private const int MeanEntries = 60;
    private const int TagBits = 12;

    /// <summary>So that an entry fits in a number of 64 bits, wherever in a byte it begins.</summary>
    private const int MaxKeyBits = 64 - TagBits - 7;

    private int EntryBits => TagBits + KeyBits;

    /// <summary>Divides a table.</summary>
    /// <exception cref="OperatorException">The keys are too far apart.</exception>
    public static HashBuckets For(long entries, long lowest, long highest)
    {
        var bits = Math.Max(1, 64 - BitOperations.LeadingZeroCount((ulong)highest - (ulong)lowest));
        return bits <= MaxKeyBits
            ? new HashBuckets(Math.Max(1, entries / MeanEntries), lowest, bits)
            : throw new OperatorException($"The catalog has rowids from {lowest} to {highest}; in a compact catalog they may be "
                + $"2^{MaxKeyBits} apart.");
    }

    /// <summary>The bucket of a hash, and the bits of it that an entry has. Both ascend with the hash.</summary>
    public (long Bucket, int Tag) Locate(ulong hash)
    {
        var bucket = Math.BigMul(hash, (ulong)Buckets, out var within);
        return ((long)bucket, (int)(within >> (64 - TagBits)));
    }

    /// <summary>Adds a bucket of entries to a blob.</summary>
    public void Write(ByteBuffer blob, ReadOnlySpan<(int Tag, long Key)> entries)
    {
        var bytes = blob.Add(((entries.Length * EntryBits) + 7) / 8);
        bytes.Clear();
        var at = 0;
        foreach (var (tag, key) in entries)
        {
            var entry = ((((ulong)key - (ulong)Lowest) << TagBits) | (uint)tag) << (at % 8);
            for (var i = at / 8; entry != 0; i++, entry >>= 8)
            {
                bytes[i] |= (byte)entry;
            }

            at += EntryBits;
        }
    }

    /// <summary>Adds the keys of a bucket's entries with a tag to a list.</summary>
    public void Find(ReadOnlySpan<byte> bucket, int tag, List<long> keys)
    {
        var count = bucket.Length * 8 / EntryBits;
        for (var i = 0; i < count; i++)
        {
            var at = i * EntryBits;
            var entry = Read(bucket[(at / 8)..]) >> (at % 8);
            if ((int)(entry & ((1 << TagBits) - 1)) == tag)
            {
                keys.Add((long)(((entry >> TagBits) & ((1UL << KeyBits) - 1)) + (ulong)Lowest));
            }
        }
    }

    /// <summary>As it stands in <c>meta</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Buckets} {Lowest} {KeyBits}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static HashBuckets Parse(string text) =>
        text.Split(' ') is [var buckets, var lowest, var bits]
        && long.TryParse(buckets, out var count) && count > 0
        && long.TryParse(lowest, out var first)
        && int.TryParse(bits, out var size) && size is > 0 and <= MaxKeyBits
            ? new HashBuckets(count, first, size)
            : throw new InvalidDataException($"'{text}' does not tell how a table of hashes is divided");

    private static ulong Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }

        var number = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            number = (number << 8) | bytes[i];
        }

        return number;
    }
}
