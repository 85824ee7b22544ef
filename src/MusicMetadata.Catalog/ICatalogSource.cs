namespace MusicMetadata.Catalog;

/// <summary>Where a catalog is kept: files, or a database on a server. Need not be served to be asked.</summary>
public interface ICatalogSource
{
    /// <summary>The identity of the catalog that is there now, whatever id the operator gave it.</summary>
    /// <exception cref="IOException">A file has gone, or is being written to all the time.</exception>
    /// <exception cref="CatalogException">It cannot be read.</exception>
    /// <exception cref="OperatorException">There is no whole catalog.</exception>
    CatalogIdentity Identity();

    /// <summary>Opens the store.</summary>
    /// <exception cref="OperatorException">It is unreadable, damaged, not the expected one, or was replaced meanwhile.</exception>
    ICatalogStore Open(StoreOptions options);
}
