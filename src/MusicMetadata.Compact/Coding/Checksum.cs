using System.Buffers.Binary;
using System.IO.Hashing;
using MusicMetadata.Catalog;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// The first four bytes of every blob: the CRC-32 of the rest, mixed with the row that it belongs to. No bit can be flipped without
/// changing it, nor can a blob stand in another row.
/// </summary>
internal static class Checksum
{
    /// <summary>Bytes of one.</summary>
    public const int Size = sizeof(uint);

    /// <summary>Computes that of a blob whose first four bytes are left free for it, and puts it there.</summary>
    public static void Write(Table table, long key, Span<byte> blob) =>
        BinaryPrimitives.WriteUInt32LittleEndian(blob, Compute(table, key, blob[Size..]));

    /// <summary>Verifies that of a blob, and returns the rest.</summary>
    /// <exception cref="InvalidDataException">It is another.</exception>
    public static ReadOnlySpan<byte> Verify(Table table, long key, ReadOnlySpan<byte> blob) =>
        blob.Length >= Size && BinaryPrimitives.ReadUInt32LittleEndian(blob) == Compute(table, key, blob[Size..])
            ? blob[Size..]
            : throw new InvalidDataException("its checksum does not match");

    /// <summary>What is thrown where a blob is not what was written: an error of the storage, with the row in its detail.</summary>
    public static CatalogException Damaged(string path, Table table, long key, InvalidDataException problem) =>
        new(
            CatalogFault.Unreadable,
            "The catalog could not be read.",
            $"{path}: row {key} of {table.Name} is damaged: {problem.Message}. Put a good copy in its place, or build it anew.");

    private static uint Compute(Table table, long key, ReadOnlySpan<byte> rest)
    {
        // 2^64 divided by the golden ratio: neighbouring rows get sums that differ in all bits.
        var row = ((ulong)key + (ulong)table.Number) * 0x9E37_79B9_7F4A_7C15;
        return Crc32.HashToUInt32(rest) ^ (uint)(row >> 32);
    }
}
