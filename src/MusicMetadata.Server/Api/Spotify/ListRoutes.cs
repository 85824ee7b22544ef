using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>The tracks of an album, the albums of an artist, and its top tracks.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class ListRoutes(ServerMetrics metrics)
{
    private const int TopTracks = 10;

    /// <summary>Adds the routes.</summary>
    public void Map(ReadRoutes routes)
    {
        routes.Map("/v1/albums/{id}/tracks", ListTracksAsync);
        routes.Map("/v1/artists/{id}/albums", ListAlbumsAsync);
        routes.Map("/v1/artists/{id}/top-tracks", ListTopTracksAsync);
    }

    private async Task ListTracksAsync(HttpContext context, SpotifyRequest request)
    {
        var (limit, offset) = Page.Read(context.Request);
        using var body = JsonBody.Rent();
        var tracks = new KeyLists();
        if (!await SpotifyRoutes.TryReadAsync(context, async reader =>
        {
            await FindAsync(reader, Entity.Album, context, body);
            using (metrics.Time("find_tracks_of_album"))
            {
                await reader.FindTracksOfAlbumsAsync(body.Keys, tracks);
            }

            await reader.ReadTimedAsync(metrics, Entity.Track, Part(tracks[0], offset, limit), withAlbums: false, body.Records);
        }))
        {
            return;
        }

        var encoder = new SpotifyEncoder(body, request);
        var page = new Page(AddressOf(context, request), limit, offset, tracks[0].Length);
        page.WriteStart(body.Json);
        encoder.WriteTracks(body.Records.Tracks, isFull: false);
        page.WriteEnd(body.Json);
        await body.SendAsync(context);
    }

    private async Task ListAlbumsAsync(HttpContext context, SpotifyRequest request)
    {
        var (limit, offset) = Page.Read(context.Request);
        var include = context.Request.Query["include_groups"] is [{ Length: > 0 } text, ..] ? text : null;
        var groups = AlbumGroups.All;
        if (include is not null && !AlbumGroupList.TryParse(include, out groups))
        {
            throw Errors.Bad("Invalid album type");
        }

        using var body = JsonBody.Rent();
        var (all, others) = (new List<CatalogKey>(), new HashSet<CatalogKey>());
        var keys = ReadOnlyMemory<CatalogKey>.Empty;
        if (!await SpotifyRoutes.TryReadAsync(context, async reader =>
        {
            await FindAsync(reader, Entity.Artist, context, body);
            using (metrics.Time("find_albums_of_artist"))
            {
                all.AddRange(await FindAlbumsAsync(reader, body.Keys, groups));
                if (groups.HasFlag(AlbumGroups.AppearsOn))
                {
                    others.UnionWith(await FindAlbumsAsync(reader, body.Keys, AlbumGroups.AppearsOn));
                }

                await request.RemoveUnplayableAsync(reader, Entity.Album, all);
            }

            keys = Part(all.ToArray(), offset, limit);
            await reader.ReadTimedAsync(metrics, Entity.Album, keys, withAlbums: false, body.Records);
        }))
        {
            return;
        }

        var address = AddressOf(context, request, include is null ? "" : $"include_groups={Uri.EscapeDataString(include)}&");
        Write(body, request, new Page(address, limit, offset, all.Count), keys.Span, others);
        await body.SendAsync(context);
    }

    private static void Write(
        JsonBody body, SpotifyRequest request, Page page, ReadOnlySpan<CatalogKey> keys, HashSet<CatalogKey> others)
    {
        var encoder = new SpotifyEncoder(body, request);
        page.WriteStart(body.Json);
        var isFirst = true;
        foreach (var key in keys)
        {
            if (body.Records.IndexOfAlbum(key) is >= 0 and var index)
            {
                ref readonly var album = ref body.Records.Albums[index];
                body.Json.Append(isFirst ? ""u8 : ","u8);
                encoder.WriteAlbum(album, others.Contains(key) ? "appears_on"u8 : body.Records.Text(album.Type));
                isFirst = false;
            }
        }

        page.WriteEnd(body.Json);
    }

    private async Task ListTopTracksAsync(HttpContext context, SpotifyRequest request)
    {
        using var body = JsonBody.Rent();
        if (!await SpotifyRoutes.TryReadAsync(context, async reader =>
        {
            await FindAsync(reader, Entity.Artist, context, body);
            using (metrics.Time("find_top_tracks"))
            {
                await FindTopTracksAsync(reader, context, request, body);
            }

            var tracks = Part(body.Hits.ToArray(), 0, TopTracks);
            await reader.ReadTimedAsync(metrics, Entity.Track, tracks, withAlbums: true, body.Records);
        }))
        {
            return;
        }

        body.Json.Append("{\"tracks\":["u8);
        new SpotifyEncoder(body, request).WriteTracks(body.Records.Tracks, isFull: true);
        body.Json.Append("]}"u8);
        await body.SendAsync(context);
    }

    /// <summary>Finds the most popular tracks that can be heard in the client's market: of more and more, until there are enough.</summary>
    private static async ValueTask FindTopTracksAsync(ICatalogReader reader, HttpContext context, SpotifyRequest request, JsonBody body)
    {
        for (var wanted = TopTracks; ; wanted *= 4)
        {
            body.Hits.Clear();
            if (!await context.Search().TryFindTopTracksAsync(reader, body.Keys[0], wanted, body.Hits, context.QueryDeadline()))
            {
                throw UnavailableException.NoIndex("Top tracks");
            }

            var areAll = body.Hits.Count < wanted;
            await request.RemoveUnplayableAsync(reader, Entity.Track, body.Hits);
            if (areAll || body.Hits.Count >= TopTracks)
            {
                return;
            }
        }
    }

    private static async ValueTask<CatalogKey[]> FindAlbumsAsync(ICatalogReader reader, CatalogKey[] artist, AlbumGroups groups)
    {
        var albums = new KeyLists();
        return await reader.TryFindAlbumsOfArtistsAsync(artist, groups, albums)
            ? albums[0].ToArray()
            : throw new UnavailableException("This catalog was made without the albums of artists.");
    }

    private async ValueTask FindAsync(ICatalogReader reader, Entity entity, HttpContext context, JsonBody body)
    {
        using var timing = metrics.Time("find_id");
        body.Ids[0] = Ids.OfPath(context.Request);
        await reader.FindAsync(entity, body.Ids, body.Keys);
        if (body.Keys[0].IsNone)
        {
            throw new ClientException(StatusCodes.Status404NotFound, "non existing id");
        }
    }

    private static string AddressOf(HttpContext context, SpotifyRequest request, string parameters = "") =>
        $"{request.Origin}{context.Request.Path.ToUriComponent().TrimEnd('/')}?{parameters}{request.MarketParameter}";

    private static ReadOnlyMemory<CatalogKey> Part(ReadOnlyMemory<CatalogKey> keys, int offset, int limit)
    {
        var rest = keys[Math.Min(offset, keys.Length)..];
        return rest[..Math.Min(limit, rest.Length)];
    }
}
