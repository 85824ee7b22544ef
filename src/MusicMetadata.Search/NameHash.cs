using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>A hash of everything that an index holds of a catalog: each name, folded, with its key and what it is sorted by.</summary>
/// <remarks>
/// The sum of the hashes of all names, so that it is the same in whichever order they come: an index is built from sorted runs, whose
/// number and limits depend on memory and on when a build was interrupted, and checked from the catalog.
/// </remarks>
internal sealed class NameHash
{
    private UInt128 _sum;
    private byte[] _row = new byte[256];

    /// <summary>Adds a row.</summary>
    /// <param name="entity">Whose name it is.</param>
    /// <param name="key">Its key there.</param>
    /// <param name="order">Its popularity or followers.</param>
    /// <param name="name">Its folded name.</param>
    public void Add(Entity entity, long key, long order, ReadOnlySpan<byte> name)
    {
        const int NameStart = 2 * sizeof(long);
        if (_row.Length < NameStart + name.Length)
        {
            _row = new byte[BitOperations.RoundUpToPowerOf2((uint)(NameStart + name.Length))];
        }

        BinaryPrimitives.WriteInt64LittleEndian(_row, key);
        BinaryPrimitives.WriteInt64LittleEndian(_row.AsSpan(sizeof(long)), order);
        name.CopyTo(_row.AsSpan(NameStart));
        _sum += XxHash128.HashToUInt128(_row.AsSpan(0, NameStart + name.Length), seed: (long)entity);
    }

    /// <summary>The hash as 32 hexadecimal digits.</summary>
    public override string ToString() => _sum.ToString("x32");
}
