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
        var query = ReadQuery(context.Request, entity);
        var deadline = context.QueryDeadline();
        using var body = JsonBody.Rent();
        SearchMethod method;
        using (metrics.Time("search"))
        {
            method = await context.Search().SearchAsync(context.Catalog(), query, body.Hits, deadline);
        }

        switch (method)
        {
            case SearchMethod.Refused:
                await Problems.WriteBusyAsync(context);
                return;
            case SearchMethod.NoIndex:
                throw UnavailableException.NoIndex("Searches with artist, album or year");
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

    private static SearchQuery ReadQuery(HttpRequest request, Entity entity)
    {
        var query = new SearchQuery(entity, ReadText(request, "q") ?? throw TooShort("q"))
        {
            Limit = Paging.ReadLimit(request, DefaultLimit),
            Offset = Paging.ReadOffset(request, SearchLimits.MaxOffset),
            Artist = ReadText(request, "artist"),
            Album = ReadText(request, "album"),
            Years = ReadYears(request),
        };
        return entity switch
        {
            Entity.Artist when query is { Artist: null, Album: null, Years: null } => query,
            Entity.Artist => throw Bad("A search for artists takes no artist, album or year."),
            Entity.Album when query.Album is not null => throw Bad("A search for albums takes no album: q is what their names contain."),
            _ => query,
        };
    }

    private static string? ReadText(HttpRequest request, string name)
    {
        if (request.Query[name] is not [var first, ..])
        {
            return null;
        }

        var text = first ?? "";
        var characters = text.EnumerateRunes().Count();
        return characters > SearchLimits.MaxTextLength
            ? throw Bad($"{name} has {characters} characters; {SearchLimits.MaxTextLength} are allowed.")
            : characters < 2 && (characters == 0 || Ascii.IsValid(text))
            ? throw TooShort(name)
            : text;
    }

    /// <summary>A year, or two with a hyphen between them.</summary>
    private static (int First, int Last)? ReadYears(HttpRequest request)
    {
        if (request.Query["year"] is not [var text, ..])
        {
            return null;
        }

        var years = (text ?? "").Split('-');
        return years.Length <= 2 && years.All(year => year.Length == 4 && year.All(char.IsAsciiDigit))
            && (Year(years[0]), Year(years[^1])) is var (first, last) && first <= last
            ? (first, last)
            : throw Bad("year must be a year of four digits, or two such as 1990-1999, the earlier one first.");
    }

    private static int Year(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ClientException TooShort(string name) => Bad($"{name} needs at least 2 characters, or 1 outside ASCII.");

    private static ClientException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
