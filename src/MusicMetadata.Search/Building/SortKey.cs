using MusicMetadata.Catalog;

namespace MusicMetadata.Search.Building;

/// <summary>Where a row stands in the order of answers: the higher order first, then the higher key.</summary>
/// <param name="Order">Popularity or followers.</param>
/// <param name="Key">In the catalog.</param>
internal readonly record struct SortKey(long Order, long Key) : IComparable<SortKey>
{
    /// <inheritdoc/>
    public int CompareTo(SortKey other) => Order != other.Order ? other.Order.CompareTo(Order) : other.Key.CompareTo(Key);

    /// <summary>Sorts keys and drops those that are there twice.</summary>
    public static CatalogKey[] InOrder(List<SortKey> keys)
    {
        keys.Sort();
        var distinct = new CatalogKey[keys.Count];
        var count = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                distinct[count++] = new CatalogKey(keys[i].Key);
            }
        }

        return distinct[..count];
    }
}
