using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The routes below <c>/lookup</c>.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class LookupRoutes(ServerMetrics metrics)
{
    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes, Caching caching)
    {
        routes.MapMethods("/lookup/track/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, Entity.Track)));
        routes.MapMethods("/lookup/artist/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, Entity.Artist)));
        routes.MapMethods("/lookup/album/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, Entity.Album)));
        routes.MapMethods("/lookup/album/{id}/tracks", Routes.Read, caching.Cached(ListAlbumAsync));
        routes.MapMethods("/lookup/isrc/{isrc}", Routes.Read, caching.Cached(ListIsrcAsync));
        routes.MapMethods("/lookup/recording/{mbid}", Routes.Read, caching.Cached(ListRecordingAsync));
    }

    private async Task LookUpAsync(HttpContext context, Entity entity)
    {
        JsonBody? body = null;
        try
        {
            using (var reader = await context.Catalog().TryRentReaderAsync(ReaderPurpose.Lookup, context.QueryDeadline()))
            {
                if (reader is null)
                {
                    await Problems.WriteBusyAsync(context);
                    return;
                }

                body = JsonBody.Rent();
                if (await FindAsync(reader, entity, context, body))
                {
                    await reader.ReadTimedAsync(metrics, entity, body.Keys, withAlbums: true, body.Records);
                }
            }

            await (new NativeEncoder(body).TryWrite(entity, body.Keys[0])
                ? body.SendAsync(context)
                : Problems.WriteAsync(
                    context, StatusCodes.Status404NotFound, $"There is no {entity.ToString().ToLowerInvariant()} with this id."));
        }
        finally
        {
            body?.Dispose();
        }
    }

    private Task ListAlbumAsync(HttpContext context) => ListAsync(context, withAlbums: false, async (reader, body, tracks) =>
    {
        if (await FindAsync(reader, Entity.Album, context, body))
        {
            using var timing = metrics.Time("find_tracks_of_album");
            await reader.FindTracksOfAlbumsAsync(body.Keys, tracks);
        }
        else
        {
            tracks.EndList();
        }
    });

    private Task ListIsrcAsync(HttpContext context) => ListAsync(context, withAlbums: true, async (reader, body, tracks) =>
    {
        body.Ids[0] = (string)context.Request.RouteValues["isrc"]!;
        using var timing = metrics.Time("find_isrc");
        await reader.FindTracksByIsrcInAnyFormAsync(body.Ids, tracks);
    });

    private Task ListRecordingAsync(HttpContext context) => ListAsync(context, withAlbums: true, async (reader, body, tracks) =>
    {
        body.Ids[0] = (string)context.Request.RouteValues["mbid"]!;
        using var timing = metrics.Time("find_tracks_of_recording");
        await reader.FindTracksOfRecordingsAsync(body.Ids, tracks);
    });

    private async Task ListAsync(HttpContext context, bool withAlbums, Func<ICatalogReader, JsonBody, KeyLists, ValueTask> find)
    {
        JsonBody? body = null;
        try
        {
            var tracks = new KeyLists();
            using (var reader = await context.Catalog().TryRentReaderAsync(ReaderPurpose.Lookup, context.QueryDeadline()))
            {
                if (reader is null)
                {
                    await Problems.WriteBusyAsync(context);
                    return;
                }

                body = JsonBody.Rent();
                await find(reader, body, tracks);
                await reader.ReadTimedAsync(metrics, Entity.Track, tracks[0], withAlbums, body.Records);
            }

            new NativeEncoder(body).WriteArray(Entity.Track, tracks[0].Span, withAlbums);
            await body.SendAsync(context);
        }
        finally
        {
            body?.Dispose();
        }
    }

    /// <summary>Finds what the address names; false when there is nothing.</summary>
    private async ValueTask<bool> FindAsync(ICatalogReader reader, Entity entity, HttpContext context, JsonBody body)
    {
        using var timing = metrics.Time("find_id");
        body.Ids[0] = (string)context.Request.RouteValues["id"]!;
        await reader.FindAsync(entity, body.Ids, body.Keys);
        return !body.Keys[0].IsNone;
    }
}
