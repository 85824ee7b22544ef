using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>Keeps the keys of those names that contain a text, until there are enough.</summary>
/// <param name="folded">The text, folded.</param>
/// <param name="limit">How many are enough.</param>
/// <param name="hits">Takes the keys.</param>
internal sealed class NameFilter(byte[] folded, int limit, List<CatalogKey> hits)
{
    private byte[] _buffer = [];

    /// <summary>Looks at the names of keys.</summary>
    public ValueTask ReadAsync(ICatalogReader reader, Entity entity, ReadOnlyMemory<CatalogKey> keys) =>
        reader.ReadNamesAsync(entity, keys, Visit);

    /// <summary>Looks at all names, in the order of results.</summary>
    public ValueTask ScanAsync(ICatalogReader reader, Entity entity) => reader.ScanNamesAsync(entity, Visit);

    private bool Visit(CatalogKey key, ReadOnlySpan<byte> name)
    {
        if (NameFolding.Fold(name, ref _buffer).IndexOf(folded) >= 0)
        {
            hits.Add(key);
        }

        return hits.Count < limit;
    }
}
