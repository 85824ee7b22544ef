namespace MusicMetadata.Catalog;

/// <summary>
/// A store's own handle of a track, an album or an artist; nothing about it is known outside of the store. It stays the same as long as the
/// catalog does, so a search index may keep it. Keys of one entity are ordered as their records lie in storage: reading in ascending order
/// touches each place once.
/// </summary>
/// <param name="Value">What the store makes of it.</param>
public readonly record struct CatalogKey(long Value) : IComparable<CatalogKey>
{
    /// <summary>The key of nothing.</summary>
    public static CatalogKey None => new(long.MinValue);

    /// <summary>Whether it is the key of nothing.</summary>
    public bool IsNone => Value == long.MinValue;

    /// <inheritdoc/>
    public int CompareTo(CatalogKey other) => Value.CompareTo(other.Value);

    /// <summary>Whether one lies before another.</summary>
    public static bool operator <(CatalogKey left, CatalogKey right) => left.Value < right.Value;

    /// <summary>Whether one lies before another, or is the same.</summary>
    public static bool operator <=(CatalogKey left, CatalogKey right) => left.Value <= right.Value;

    /// <summary>Whether one lies behind another.</summary>
    public static bool operator >(CatalogKey left, CatalogKey right) => left.Value > right.Value;

    /// <summary>Whether one lies behind another, or is the same.</summary>
    public static bool operator >=(CatalogKey left, CatalogKey right) => left.Value >= right.Value;
}
