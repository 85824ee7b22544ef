using System.Globalization;
using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Api.Native;

/// <summary>The routes below <c>/search</c>.</summary>
internal static class SearchRoutes
{
    /// <summary>Answers when the client names no limit.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, Caching caching)
    {
        routes.MapMethods("/search/track", Routes.Read, caching.Cached(context => SearchAsync(context, context.Catalog(), context.NameSearch(), Entity.Track)));
        routes.MapMethods("/search/artist", Routes.Read, caching.Cached(context => SearchAsync(context, context.Catalog(), context.NameSearch(), Entity.Artist)));
        routes.MapMethods("/search/album", Routes.Read, caching.Cached(context => SearchAsync(context, context.Catalog(), context.NameSearch(), Entity.Album)));
    }

    private static async Task SearchAsync(HttpContext context, ICatalogStore store, INameSearch search, Entity entity)
    {
        var text = ReadText(context.Request);
        var limit = ReadLimit(context.Request);
        var rowids = new List<long>();
        using var body = JsonBody.Rent();
        if (!await TryFindAsync())
        {
            using var reader = await store.RentAsync(ReaderWork.Scan, context.RequestAborted);
            reader.ScanNames(entity, text, limit, rowids);
            Write(reader);
        }

        await body.SendAsync(context);

        async ValueTask<bool> TryFindAsync()
        {
            if (!search.IsReady)
            {
                return false;
            }

            using var reader = await store.RentAsync(ReaderWork.Lookup, context.RequestAborted);
            var found = search.TryFind(reader, entity, text, limit, rowids, context.RequestAborted);
            if (found)
            {
                Write(reader);
            }

            return found;
        }

        void Write(ICatalogReader reader)
        {
            body.Json.WriteStartArray();
            foreach (var rowid in rowids)
            {
                _ = reader.Write(entity, body.Json, rowid);
            }

            body.Json.WriteEndArray();
        }
    }

    private static string ReadText(HttpRequest request)
    {
        var text = request.Query["q"] is [var first, ..] ? first ?? "" : "";
        var characters = text.EnumerateRunes().Count();
        if (characters > SearchLimits.LongestText)
        {
            throw new ClientException(StatusCodes.Status400BadRequest, $"q has {characters} characters; {SearchLimits.LongestText} are allowed.");
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

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? Math.Min(limit, SearchLimits.HighestLimit) : SearchLimits.HighestLimit;
    }
}
