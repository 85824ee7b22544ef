namespace MusicMetadata.Search.Building;

/// <summary>Where a row stands in the order of answers: the higher order first, then the higher key.</summary>
/// <param name="Order">Popularity or followers.</param>
/// <param name="Key">In the catalog.</param>
internal readonly record struct SortKey(long Order, long Key) : IComparable<SortKey>
{
    /// <inheritdoc/>
    public int CompareTo(SortKey other) => Order != other.Order ? other.Order.CompareTo(Order) : other.Key.CompareTo(Key);
}
