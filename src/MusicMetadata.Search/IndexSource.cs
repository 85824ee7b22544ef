using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>The catalog that an index is built from.</summary>
/// <param name="Store">Reads it. One reader is rented for the whole reading.</param>
/// <param name="Name">What messages call it, such as the path of its database.</param>
/// <param name="Identity">The identity that searches will ask the index for.</param>
/// <param name="ContentIdentity">
/// Changes whenever the content does, whatever the operator calls the catalog: what was read of another content is of no use.
/// </param>
public sealed record IndexSource(ICatalogStore Store, string Name, CatalogIdentity Identity, CatalogIdentity ContentIdentity);
