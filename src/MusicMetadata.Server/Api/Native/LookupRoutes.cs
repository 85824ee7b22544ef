using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The routes below <c>/lookup</c>.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class LookupRoutes(ServerMetrics metrics)
{
    /// <summary>An artist's top tracks when the client names no limit.</summary>
    public const int DefaultTopTracks = 10;

    /// <summary>The most of an artist's albums that may be skipped: more than any artist has.</summary>
    public const int MaxAlbumOffset = 1_000_000;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes, Caching caching)
    {
        routes.MapMethods("/lookup/track/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, Entity.Track)));
        routes.MapMethods("/lookup/artist/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, Entity.Artist)));
        routes.MapMethods("/lookup/album/{id}", Routes.Read, caching.Cached(context => LookUpAsync(context, Entity.Album)));
        routes.MapMethods("/lookup/album/{id}/tracks", Routes.Read, caching.Cached(ListAlbumAsync));
        routes.MapMethods("/lookup/artist/{id}/albums", Routes.Read, caching.Cached(ListArtistAlbumsAsync));
        routes.MapMethods("/lookup/artist/{id}/top-tracks", Routes.Read, caching.Cached(ListTopTracksAsync));
        routes.MapMethods("/lookup/upc/{upc}", Routes.Read, caching.Cached(ListUpcAsync));
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
                body.Ids[0] = (string)context.Request.RouteValues["id"]!;
                await reader.LookUpTimedAsync(metrics, entity, body.Ids, body.Keys, body.Records);
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

    private Task ListAlbumAsync(HttpContext context) => ListAsync(context, Entity.Track, withAlbums: false, async (reader, body) =>
    {
        var tracks = new KeyLists();
        if (!await FindAsync(reader, Entity.Album, context, body))
        {
            return default;
        }

        using var timing = metrics.Time("find_tracks_of_album");
        await reader.FindTracksOfAlbumsAsync(body.Keys, tracks);
        return tracks[0];
    });

    private Task ListIsrcAsync(HttpContext context) => ListAsync(context, Entity.Track, withAlbums: true, async (reader, body) =>
    {
        var tracks = new KeyLists();
        body.Ids[0] = (string)context.Request.RouteValues["isrc"]!;
        using var timing = metrics.Time("find_isrc");
        await reader.FindTracksByIsrcInAnyFormAsync(body.Ids, tracks);
        return tracks[0];
    });

    private Task ListRecordingAsync(HttpContext context) => ListAsync(context, Entity.Track, withAlbums: true, async (reader, body) =>
    {
        var tracks = new KeyLists();
        body.Ids[0] = (string)context.Request.RouteValues["mbid"]!;
        using var timing = metrics.Time("find_tracks_of_recording");
        await reader.FindTracksOfRecordingsAsync(body.Ids, tracks);
        return tracks[0];
    });

    private Task ListUpcAsync(HttpContext context)
    {
        var upc = (string)context.Request.RouteValues["upc"]!;
        return !Upc.IsCode(upc)
            ? throw new ClientException(StatusCodes.Status400BadRequest, "A UPC has 8 to 14 digits.")
            : ListAsync(context, Entity.Album, withAlbums: true, async (_, _) =>
            {
                var albums = new KeyLists();
                using var timing = metrics.Time("find_upc");
                return await context.Search().TryFindAlbumsByUpcAsync((string[])[upc], albums)
                    ? albums[0]
                    : throw UnavailableException.NoIndex("UPC lookups");
            });
    }

    private Task ListArtistAlbumsAsync(HttpContext context)
    {
        var groups = ReadGroups(context.Request);
        var limit = Paging.ReadLimit(context.Request, SearchRoutes.DefaultLimit);
        var offset = Paging.ReadOffset(context.Request, MaxAlbumOffset);
        return ListAsync(context, Entity.Album, withAlbums: true, async (reader, body) =>
        {
            var albums = new KeyLists();
            await FindArtistAsync(reader, context, body);
            using var timing = metrics.Time("find_albums_of_artist");
            if (!await reader.TryFindAlbumsOfArtistsAsync(body.Keys, groups, albums))
            {
                throw new UnavailableException("This catalog was made without the albums of artists.");
            }

            var rest = albums[0][Math.Min(offset, albums[0].Length)..];
            return rest[..Math.Min(limit, rest.Length)];
        });
    }

    private Task ListTopTracksAsync(HttpContext context)
    {
        var limit = Paging.ReadLimit(context.Request, DefaultTopTracks);
        return ListAsync(context, Entity.Track, withAlbums: true, async (reader, body) =>
        {
            await FindArtistAsync(reader, context, body);
            using var timing = metrics.Time("find_top_tracks");
            return await context.Search().TryFindTopTracksAsync(reader, body.Keys[0], limit, body.Hits, context.QueryDeadline())
                ? body.Hits.ToArray()
                : throw UnavailableException.NoIndex("Top tracks");
        });
    }

    /// <summary>Reads <c>groups=</c>, a list with commas.</summary>
    private static AlbumGroups ReadGroups(HttpRequest request)
    {
        if (request.Query["groups"] is not [var text, ..])
        {
            return AlbumGroups.All;
        }

        return AlbumGroupList.TryParse(text ?? "", out var groups)
            ? groups
            : throw new ClientException(
                StatusCodes.Status400BadRequest, "groups must be a list, with commas, of album, single, compilation and appears_on.");
    }

    /// <summary>Answers with an array of what is found.</summary>
    private async Task ListAsync(
        HttpContext context, Entity entity, bool withAlbums, Func<ICatalogReader, JsonBody, ValueTask<ReadOnlyMemory<CatalogKey>>> find)
    {
        JsonBody? body = null;
        try
        {
            ReadOnlyMemory<CatalogKey> keys;
            using (var reader = await context.Catalog().TryRentReaderAsync(ReaderPurpose.Lookup, context.QueryDeadline()))
            {
                if (reader is null)
                {
                    await Problems.WriteBusyAsync(context);
                    return;
                }

                body = JsonBody.Rent();
                keys = await find(reader, body);
                await reader.ReadTimedAsync(metrics, entity, keys, withAlbums, body.Records);
            }

            new NativeEncoder(body).WriteArray(entity, keys.Span, withAlbums);
            await body.SendAsync(context);
        }
        finally
        {
            body?.Dispose();
        }
    }

    private async ValueTask FindArtistAsync(ICatalogReader reader, HttpContext context, JsonBody body)
    {
        if (!await FindAsync(reader, Entity.Artist, context, body))
        {
            throw new ClientException(StatusCodes.Status404NotFound, "There is no artist with this id.");
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
