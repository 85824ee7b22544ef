namespace MusicMetadata.Catalog;

/// <summary>How much of an entity there is: for estimates of space and time.</summary>
/// <param name="LastKey">The highest key; <see cref="CatalogKey.None"/> when there are no records.</param>
/// <param name="EstimatedCount">About how many records there are; a store that cannot tell says too many rather than too few.</param>
public readonly record struct EntityExtent(CatalogKey LastKey, long EstimatedCount);
