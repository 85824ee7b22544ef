using MusicMetadata.Catalog;





namespace MusicMetadata.Server.Api.Native;

/// <summary>The routes below <c>/lookup</c>.</summary>
internal static class LookupRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, Caching caching)
    {
        routes.MapMethods("/lookup/track/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, context.Catalog(), Entity.Track)));
        routes.MapMethods("/lookup/artist/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, context.Catalog(), Entity.Artist)));
        routes.MapMethods("/lookup/album/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, context.Catalog(), Entity.Album)));
        routes.MapMethods("/lookup/album/{id}/tracks", Routes.Read, caching.Cached(context => ListAlbumAsync(context, context.Catalog())));
        routes.MapMethods("/lookup/isrc/{isrc}", Routes.Read, caching.Cached(context => ListIsrcAsync(context, context.Catalog())));
    }

    private static async Task LookUpAsync(HttpContext context, ICatalogStore store, Entity entity)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        using var body = JsonBody.Rent();
        bool found;
        using (var reader = await store.RentAsync(ReaderWork.Lookup, context.RequestAborted))
        {
            found = reader.TryFind(entity, id, out var rowid) && reader.Write(entity, body.Json, rowid);
        }

        await (found
            ? body.SendAsync(context)
            : Problems.WriteAsync(context, StatusCodes.Status404NotFound, $"There is no {entity.ToString().ToLowerInvariant()} with this id."));
    }

    private static Task ListAlbumAsync(HttpContext context, ICatalogStore store) =>
        ListAsync(context, store, withAlbum: false, (reader, rowids) =>
        {
            if (reader.TryFind(Entity.Album, (string)context.Request.RouteValues["id"]!, out var album))
            {
                reader.FindTracksOfAlbum(album, rowids);
            }
        });

    private static Task ListIsrcAsync(HttpContext context, ICatalogStore store) =>
        ListAsync(context, store, withAlbum: true, (reader, rowids) => reader.FindTracksByIsrcInAnyForm((string)context.Request.RouteValues["isrc"]!, rowids));

    private static async Task ListAsync(HttpContext context, ICatalogStore store, bool withAlbum, Action<ICatalogReader, List<long>> find)
    {
        var rowids = new List<long>();
        using var body = JsonBody.Rent();
        using (var reader = await store.RentAsync(ReaderWork.Lookup, context.RequestAborted))
        {
            find(reader, rowids);
            body.Json.WriteStartArray();
            foreach (var rowid in rowids)
            {
                _ = reader.WriteTrack(body.Json, rowid, withAlbum);
            }

            body.Json.WriteEndArray();
        }

        await body.SendAsync(context);
    }
}
