using ZstdSharp;

namespace MusicMetadata.Search.Blocks;

/// <summary>Compresses blocks by Zstandard (RFC 8878), one at a time; <see cref="BlockSearch"/> expands them.</summary>
internal sealed class BlockCompression : IDisposable
{
    /// <summary>No block expands to more; what claims to is damaged.</summary>
    public const int MaxSize = 64 << 20;

    /// <summary>Blocks are written once and read for years; higher levels make blocks this small no smaller.</summary>
    private const int Level = 12;

    private readonly Compressor _compressor = new(Level);

    /// <summary>A block, compressed.</summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> block) => _compressor.Wrap(block);

    /// <inheritdoc/>
    public void Dispose() => _compressor.Dispose();
}
