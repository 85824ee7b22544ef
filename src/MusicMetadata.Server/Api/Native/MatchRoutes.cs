using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The routes below <c>/match</c>: which recording is a file?</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class MatchRoutes(ServerMetrics metrics)
{
    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes, Caching caching)
    {
        routes.MapMethods("/match/track", Routes.Read, caching.Cached(MatchTrackAsync));
        routes.MapPost("/match", MatchAsync);
        routes.MapPost("/match/album", MatchAlbumAsync);
    }

    private async Task MatchTrackAsync(HttpContext context)
    {
        var item = MatchItemReader.Read(context.Request.Query);
        var limit = MatchRequest.ReadLimit(context.Request.Query);
        using var body = JsonBody.Rent();
        using (var reader = await context.Catalog().TryRentReaderAsync(ReaderPurpose.Lookup, context.QueryDeadline()))
        {
            if (reader is null)
            {
                await Problems.WriteBusyAsync(context);
                return;
            }

            var result = await MatchAnswer.MatchAsync(context, metrics, reader, item, limit, context.QueryDeadline(), body)
                ?? throw new UnavailableException(MatchAnswer.NoIndex);
            new MatchEncoder(body).Write(null, result);
        }

        await body.SendAsync(context);
    }

    private async Task MatchAsync(HttpContext context)
    {
        var request = await MatchRequest.ReadAsync(context.Request);
        metrics.CountBatch(request.Items.Count);
        if (!context.Search().IsReady)
        {
            throw new UnavailableException(MatchAnswer.NoIndex);
        }

        await new MatchAnswer(context, metrics, request, context.BatchDeadline()).WriteAsync();
    }

    private async Task MatchAlbumAsync(HttpContext context)
    {
        var item = await AlbumMatchRequest.ReadAsync(context.Request);
        metrics.CountBatch(item.Files.Count);
        var deadline = context.BatchDeadline();
        using var body = JsonBody.Rent();
        using (var reader = await context.Catalog().TryRentReaderAsync(ReaderPurpose.Lookup, deadline))
        {
            if (reader is null)
            {
                await Problems.WriteBusyAsync(context);
                return;
            }

            using var timing = metrics.Time("match_album");
            var result = await context.Search().MatchAlbumAsync(reader, item, deadline)
                ?? throw new UnavailableException(MatchAnswer.NoIndex);
            if (result.Best is { } best)
            {
                var albums = result.Editions.Prepend(best).Select(album => album.Candidate.Album).ToArray();
                await reader.ReadAsync(Entity.Album, albums, withAlbums: false, body.Records);
                var tracks = best.Candidate.Tracks.Select(track => track.Track).ToArray();
                await reader.ReadAsync(Entity.Track, tracks, withAlbums: false, body.Records);
            }

            new AlbumMatchEncoder(body).Write(result, item.Files.Count);
        }

        await body.SendAsync(context);
    }
}
