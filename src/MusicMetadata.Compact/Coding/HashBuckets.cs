using System.Buffers.Binary;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// How a table of hashes is divided: into buckets of some sixty entries, each a row. An entry is two bytes of the hash, then a key less the
/// lowest one in as many bytes as the highest needs. What has the same two bytes as what is sought is only a candidate.
/// </summary>
/// <remarks>Small buckets share pages without loss; one of a page's size would leave an eighth of it free for those that are fuller.</remarks>
/// <param name="Buckets">How many there are.</param>
/// <param name="Lowest">The lowest key.</param>
/// <param name="Width">Bytes of a key.</param>
internal sealed record HashBuckets(long Buckets, long Lowest, int Width)
{
    private const int MeanEntries = 60;
    private const int TagSize = 2;

    /// <summary>Bytes of an entry.</summary>
    public int EntrySize => TagSize + Width;

    /// <summary>Divides a table.</summary>
    public static HashBuckets For(long entries, long lowest, long highest) => new(
        Math.Max(1, entries / MeanEntries),
        lowest,
        Math.Max(1, (64 - (int)ulong.LeadingZeroCount((ulong)highest - (ulong)lowest) + 7) / 8));

    /// <summary>The bucket of a hash, and the two bytes of it that an entry has. Both ascend with the hash.</summary>
    public (long Bucket, ushort Tag) Locate(ulong hash)
    {
        var bucket = Math.BigMul(hash, (ulong)Buckets, out var within);
        return ((long)bucket, (ushort)(within >> 48));
    }

    /// <summary>Adds an entry to a bucket.</summary>
    public void Add(ByteBuffer bucket, ushort tag, long key)
    {
        Span<byte> entry = stackalloc byte[TagSize + sizeof(ulong)];
        BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[TagSize..], (ulong)key - (ulong)Lowest);
        bucket.Add(entry[..EntrySize]);
    }

    /// <summary>Adds the keys of a bucket's entries with given two bytes to a list.</summary>
    /// <exception cref="InvalidDataException">The bucket does not hold whole entries.</exception>
    public void Find(ReadOnlySpan<byte> bucket, ushort tag, List<long> keys)
    {
        if (bucket.Length % EntrySize != 0)
        {
            throw new InvalidDataException("it does not hold whole entries");
        }

        Span<byte> key = stackalloc byte[sizeof(ulong)];
        key.Clear();
        for (; !bucket.IsEmpty; bucket = bucket[EntrySize..])
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(bucket) == tag)
            {
                bucket[TagSize..EntrySize].CopyTo(key);
                keys.Add((long)(BinaryPrimitives.ReadUInt64LittleEndian(key) + (ulong)Lowest));
            }
        }
    }

    /// <summary>As it stands in <c>meta</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Buckets} {Lowest} {Width}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static HashBuckets Parse(string text) =>
        text.Split(' ') is [var buckets, var lowest, var width]
        && long.TryParse(buckets, out var count) && count > 0
        && long.TryParse(lowest, out var first)
        && int.TryParse(width, out var size) && size is > 0 and <= sizeof(ulong)
            ? new HashBuckets(count, first, size)
            : throw new InvalidDataException($"'{text}' does not tell how a table of hashes is divided");
}
