using System.Buffers.Binary;
using MusicMetadata.Catalog;
using MusicMetadata.Compact.Reading;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact;

/// <summary>The one file of a compact catalog.</summary>
/// <param name="path">Where it is.</param>
public sealed class CompactFiles(string path) : ICatalogFiles
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => [path];

    /// <inheritdoc/>
    public string? MissingPart => null;

    /// <summary>Whether a file says in its header that it is a compact catalog.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsCompact(string path)
    {
        const int OffsetInHeader = 68;
        Span<byte> id = stackalloc byte[sizeof(int)];
        using var file = Storage.OpenShared(path);
        return RandomAccess.Read(file, id, OffsetInHeader) == id.Length
            && BinaryPrimitives.ReadInt32BigEndian(id) == CompactFormat.ApplicationId;
    }

    /// <summary>The hash of its content, which a copy has too.</summary>
    public CatalogIdentity Identity()
    {
        using var connection = SqliteFile.OpenForServing(path, cacheBytes: 64 * 1024, mmapBytes: 0);
        return CompactFile.Read(connection).Identity;
    }

    /// <inheritdoc/>
    public CatalogIdentity IndexIdentity() => Identity();

    /// <inheritdoc/>
    public ICatalogStore Open(StoreOptions options) => CompactCatalog.Open(options);

    /// <inheritdoc/>
    public ICatalogCheck Check() => new CompactCheck(path);
}
