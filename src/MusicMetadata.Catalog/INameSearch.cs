namespace MusicMetadata.Catalog;

/// <summary>A quicker way to find names than to scan them, when there is one.</summary>
public interface INameSearch : IDisposable
{
    /// <summary>Whether <see cref="TryFind"/> is likely to answer; decides for what a reader is borrowed.</summary>
    bool IsReady { get; }

    /// <summary>
    /// Adds the same rows to <paramref name="rowids"/>, in the same order, as <see cref="ICatalogReader.ScanNames"/>; false, with nothing added, when
    /// there is no index or it proved to be damaged, so that the names must be scanned.
    /// </summary>
    /// <exception cref="CatalogException">The search took too long, or the catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    bool TryFind(ICatalogReader reader, Entity entity, string text, int limit, List<long> rowids, CancellationToken cancellation);
}
