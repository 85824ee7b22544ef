using ZstdSharp;

namespace MusicMetadata.Search.Blocks;

/// <summary>Makes rows of blocks, of which all but the hashes is compressed by Zstandard (RFC 8878); <see cref="BlockSearch"/> reads them.</summary>
internal sealed class BlockCompression : IDisposable
{
    /// <summary>No block expands to more; what claims to is damaged.</summary>
    public const int MaxSize = 64 << 20;

    /// <summary>Blocks are written once and read for years; higher levels make blocks this small no smaller.</summary>
    private const int Level = 12;

    private readonly Compressor _compressor = new(Level);
    private readonly ByteWriter _row = new();

    /// <summary>A row: how many bytes the hashes have, they, and the rest, compressed. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Row(ReadOnlySpan<byte> hashes, ReadOnlySpan<byte> fields)
    {
        _row.Clear();
        _row.WriteNumber((ulong)hashes.Length);
        _row.WriteBytes(hashes);
        _row.WriteBytes(_compressor.Wrap(fields));
        return _row.Written;
    }

    /// <inheritdoc/>
    public void Dispose() => _compressor.Dispose();
}
