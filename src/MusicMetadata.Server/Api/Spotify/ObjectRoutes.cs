using MusicMetadata.Catalog;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>Tracks, albums and artists by their ids, one or several, and the markets.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class ObjectRoutes(ServerMetrics metrics)
{
    private const int MaxIds = 50;
    private const int MaxAlbumIds = 20;

    /// <summary>Adds the routes.</summary>
    public void Map(ReadRoutes routes)
    {
        MapEntity("tracks", Entity.Track, MaxIds);
        MapEntity("albums", Entity.Album, MaxAlbumIds);
        MapEntity("artists", Entity.Artist, MaxIds);
        routes.Map("/v1/markets", ListMarketsAsync);

        void MapEntity(string name, Entity entity, int maxIds)
        {
            routes.Map($"/v1/{name}/{{id}}", (context, request) => AnswerOneAsync(context, request, entity));
            routes.Map($"/v1/{name}", (context, request) =>
                AnswerSeveralAsync(context, request, entity, name, Ids.OfQuery(context.Request, maxIds)));
        }
    }

    private async Task AnswerOneAsync(HttpContext context, SpotifyRequest request, Entity entity)
    {
        using var found = new Found(entity, [Ids.OfPath(context.Request)]);
        if (await SpotifyRoutes.TryReadAsync(context, reader => found.ReadAsync(reader, metrics)))
        {
            await (found.TryWriteNext(request)
                ? found.Body.SendAsync(context)
                : Problems.WriteAsync(context, StatusCodes.Status404NotFound, "non existing id"));
        }
    }

    private async Task AnswerSeveralAsync(HttpContext context, SpotifyRequest request, Entity entity, string name, string[] ids)
    {
        using var found = new Found(entity, ids);
        if (!await SpotifyRoutes.TryReadAsync(context, reader => found.ReadAsync(reader, metrics)))
        {
            return;
        }

        var json = found.Body.Json;
        json.Append("{"u8);
        json.AppendText(name);
        json.Append(":["u8);
        for (var i = 0; i < ids.Length; i++)
        {
            json.Append(i > 0 ? ","u8 : ""u8);
            if (!found.TryWriteNext(request))
            {
                json.Append("null"u8);
            }
        }

        json.Append("]}"u8);
        await found.Body.SendAsync(context);
    }

    private static async Task ListMarketsAsync(HttpContext context, SpotifyRequest request)
    {
        using var body = JsonBody.Rent();
        body.Json.Append("{\"markets\":["u8);
        var start = body.Json.Length;
        foreach (var code in request.Markets)
        {
            body.Json.Append(body.Json.Length > start ? ","u8 : ""u8);
            body.Json.AppendText(code);
        }

        body.Json.Append("]}"u8);
        await body.SendAsync(context);
    }

    /// <summary>What some ids are of, written one after another in the order of the ids.</summary>
    private sealed class Found(Entity entity, string[] ids) : IDisposable
    {
        private readonly CatalogKey[] _keys = new CatalogKey[ids.Length];
        private readonly KeyLists _tracks = new();
        private int _next;
        private int _track;

        public JsonBody Body { get; } = JsonBody.Rent();

        public async ValueTask ReadAsync(ICatalogReader reader, ServerMetrics metrics)
        {
            using (metrics.Time("find_id"))
            {
                await reader.FindAsync(entity, ids, _keys);
            }

            await reader.ReadTimedAsync(metrics, entity, _keys, withAlbums: true, Body.Records);
            if (entity != Entity.Album)
            {
                return;
            }

            using (metrics.Time("find_tracks_of_album"))
            {
                await reader.FindTracksOfAlbumsAsync(_keys, _tracks);
            }

            for (var album = 0; album < _keys.Length; album++)
            {
                Body.Hits.AddRange(FirstTracks(album));
            }

            await reader.ReadTimedAsync(metrics, Entity.Track, Body.Hits.ToArray(), withAlbums: false, Body.Records);
        }

        /// <summary>Writes what the next id is of; false, with nothing written, when it is of nothing.</summary>
        public bool TryWriteNext(SpotifyRequest request)
        {
            var number = _next++;
            var key = _keys[number];
            var records = Body.Records;
            var encoder = new SpotifyEncoder(Body, request);
            switch (entity)
            {
                case Entity.Track when _track < records.Tracks.Length && records.Tracks[_track].Key == key:
                    encoder.WriteFullTrack(records.Tracks[_track++]);
                    return true;
                case Entity.Album when records.IndexOfAlbum(key) is >= 0 and var album:
                    var start = _track;
                    foreach (var track in FirstTracks(number))
                    {
                        _track += _track < records.Tracks.Length && records.Tracks[_track].Key == track ? 1 : 0;
                    }

                    encoder.WriteFullAlbum(records.Albums[album], records.Tracks[start.._track], _tracks[number].Length);
                    return true;
                case Entity.Artist when records.IndexOfArtist(key) is >= 0 and var artist:
                    encoder.WriteFullArtist(records.Artists[artist]);
                    return true;
                default:
                    return false;
            }
        }

        public void Dispose() => Body.Dispose();

        private ReadOnlySpan<CatalogKey> FirstTracks(int album) => _tracks[album].Span[..Math.Min(Page.MaxLimit, _tracks[album].Length)];
    }
}
