using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Server.Telemetry;

/// <summary>Reads records and measures how long it takes, for <c>/metrics</c>.</summary>
internal static class TimedReader
{
    /// <inheritdoc cref="ICatalogReader.ReadAsync"/>
    public static async ValueTask ReadTimedAsync(
        this ICatalogReader reader,
        ServerMetrics metrics,
        Entity entity,
        ReadOnlyMemory<CatalogKey> keys,
        bool withAlbums,
        CatalogRecords records)
    {
        using var timing = metrics.Time(NameOf(entity));
        await reader.ReadAsync(entity, keys, withAlbums, records);
    }

    /// <inheritdoc cref="ICatalogReader.LookUpAsync"/>
    public static async ValueTask LookUpTimedAsync(
        this ICatalogReader reader,
        ServerMetrics metrics,
        Entity entity,
        ReadOnlyMemory<string> ids,
        Memory<CatalogKey> keys,
        CatalogRecords records)
    {
        using var timing = metrics.Time(NameOf(entity));
        await reader.LookUpAsync(entity, ids, keys, withAlbums: true, records);
    }

    private static string NameOf(Entity entity) => entity switch
    {
        Entity.Track => "read_track",
        Entity.Album => "read_album",
        _ => "read_artist",
    };
}
