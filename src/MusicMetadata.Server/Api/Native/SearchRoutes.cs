using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The routes below <c>/search</c>.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class SearchRoutes(ServerMetrics metrics)
{
    /// <summary>Answers when the client names no limit.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes, Caching caching)
    {
        routes.MapMethods("/search/track", Routes.Read, caching.Cached(context => SearchAsync(context, Entity.Track)));
        routes.MapMethods("/search/artist", Routes.Read, caching.Cached(context => SearchAsync(context, Entity.Artist)));
        routes.MapMethods("/search/album", Routes.Read, caching.Cached(context => SearchAsync(context, Entity.Album)));
    }

    private async Task SearchAsync(HttpContext context, Entity entity)
    {
        var text = ReadText(context.Request);
        var limit = ReadLimit(context.Request);
        var deadline = context.QueryDeadline();
        using var body = JsonBody.Rent();
        SearchMethod method;
        using (metrics.Time("search"))
        {
            method = await context.Search().SearchAsync(context.Catalog(), entity, text, limit, body.Hits, deadline);
        }

        if (method == SearchMethod.Refused)
        {
            await Problems.WriteBusyAsync(context);
            return;
        }

        metrics.CountSearch(method == SearchMethod.Index ? "index" : "scan");
        if (body.Hits.Count > 0)
        {
            using var reader = await context.Catalog().RentReaderAsync(ReaderPurpose.Lookup, deadline);
            await reader.ReadTimedAsync(metrics, entity, body.Hits.ToArray(), withAlbums: true, body.Records);
        }

        new NativeEncoder(body).WriteArray(entity, CollectionsMarshal.AsSpan(body.Hits));
        await body.SendAsync(context);
    }

    private static string ReadText(HttpRequest request)
    {
        var text = request.Query["q"] is [var first, ..] ? first ?? "" : "";
        var characters = text.EnumerateRunes().Count();
        if (characters > SearchLimits.MaxTextLength)
        {
            throw new ClientException(
                StatusCodes.Status400BadRequest, $"q has {characters} characters; {SearchLimits.MaxTextLength} are allowed.");
        }

        if (characters < 2 && (characters == 0 || Ascii.IsValid(text)))
        {
            throw new ClientException(StatusCodes.Status400BadRequest, "q needs at least 2 characters, or 1 outside ASCII.");
        }

        return text;
    }

    private static int ReadLimit(HttpRequest request)
    {
        if (request.Query["limit"] is not [var text, ..])
        {
            return DefaultLimit;
        }

        // However many digits: a number too large for any type is still over the highest limit.
        if (string.IsNullOrEmpty(text) || !text.All(char.IsAsciiDigit) || text.All(digit => digit == '0'))
        {
            throw new ClientException(StatusCodes.Status400BadRequest, "limit must be a whole number from 1.");
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Min(limit, SearchLimits.MaxLimit)
            : SearchLimits.MaxLimit;
    }
}
