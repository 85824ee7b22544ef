using MusicMetadata.Catalog;
using MusicMetadata.Server.Access;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>The routes that answer as Spotify's Web API does, so that its clients work with this catalog.</summary>
internal static class SpotifyRoutes
{
    /// <summary>Adds them all.</summary>
    public static void Map(
        IEndpointRouteBuilder routes, ServerOptions options, AuthToken? token, ServerMetrics metrics, Caching caching)
    {
        var origin = new Origin(options);
        var read = new ReadRoutes(routes, caching, origin);
        new ObjectRoutes(metrics).Map(read);
        new ListRoutes(metrics).Map(read);
        new SearchRoutes(metrics).Map(read);
        AbsentRoutes.Map(routes);
        new TokenRoute(token).Map(routes);
    }

    /// <summary>Reads from the catalog; false when it was answered that all readers are busy.</summary>
    public static async Task<bool> TryReadAsync(HttpContext context, Func<ICatalogReader, ValueTask> read)
    {
        using var reader = await context.Catalog().TryRentReaderAsync(ReaderPurpose.Lookup, context.QueryDeadline());
        if (reader is null)
        {
            await Problems.WriteBusyAsync(context);
            return false;
        }

        await read(reader);
        return true;
    }
}

/// <summary>Maps routes that read, whose answers clients may keep.</summary>
/// <param name="routes">Takes them.</param>
/// <param name="caching">Surrounds each.</param>
/// <param name="origin">How clients call the server.</param>
internal sealed class ReadRoutes(IEndpointRouteBuilder routes, Caching caching, Origin origin)
{
    /// <summary>Maps one.</summary>
    public void Map(string pattern, Func<HttpContext, SpotifyRequest, Task> handler) => routes.MapMethods(
        pattern,
        Routes.Read,
        caching.Cached(async context => await handler(context, await SpotifyRequest.ReadAsync(context, origin)), origin.Of));
}
