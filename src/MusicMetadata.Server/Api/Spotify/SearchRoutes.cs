using MusicMetadata.Catalog;
using MusicMetadata.Search.Terms;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary><c>/v1/search</c>: a page for each type.</summary>
/// <param name="metrics">Measure what is asked of the catalog.</param>
internal sealed class SearchRoutes(ServerMetrics metrics)
{
    private const int MaxLength = 1000;

    /// <summary>All types; a page has the name of its type in the plural.</summary>
    private static readonly string[] Types = ["track", "artist", "album", "playlist", "show", "episode", "audiobook"];

    /// <summary>Adds the route.</summary>
    public void Map(ReadRoutes routes) => routes.Map("/v1/search", SearchAsync);

    private async Task SearchAsync(HttpContext context, SpotifyRequest request)
    {
        var q = ReadText(context.Request);
        var types = ReadTypes(context.Request);
        var (limit, offset) = Page.Read(context.Request);
        if (offset + limit > TermQuery.MaxResults)
        {
            throw Errors.Bad($"Invalid offset: only the first {TermQuery.MaxResults} results can be asked for");
        }

        var text = SearchText.Parse(q);
        using var body = JsonBody.Rent();
        foreach (var type in types)
        {
            body.Json.Append(body.Json.Length == 0 ? "{"u8 : ","u8);
            body.Json.AppendText(type + "s");
            body.Json.Append(":"u8);
            var address = $"{request.Origin}/v1/search?q={Uri.EscapeDataString(q)}&type={type}&{request.MarketParameter}";
            var page = new Page(address, limit, offset, 0) { End = TermQuery.MaxResults };
            if (!await TryWriteAsync(context, request, QueryOf(type, text, limit, offset), page, body))
            {
                return;
            }
        }

        body.Json.Append("}"u8);
        metrics.CountSearch("index");
        await body.SendAsync(context);
    }

    /// <summary>The search for a type; null when nothing of it can be what is wanted, or there is nothing of it in any catalog.</summary>
    private static TermQuery? QueryOf(string type, SearchText text, int limit, int offset) => type switch
    {
        "track" => SearchConditions.Of(text, Entity.Track, limit, offset),
        "artist" => SearchConditions.Of(text, Entity.Artist, limit, offset),
        "album" => SearchConditions.Of(text, Entity.Album, limit, offset),
        _ => null,
    };

    /// <summary>Finds and writes the page of a type; false when it was answered that all readers are busy.</summary>
    private async Task<bool> TryWriteAsync(HttpContext context, SpotifyRequest request, TermQuery? query, Page page, JsonBody body)
    {
        using var found = JsonBody.Rent();
        if (query is not null && !await SpotifyRoutes.TryReadAsync(context, async reader =>
        {
            var result = await FindAsync(context, request, query, reader);
            found.Hits.AddRange(result.Keys);
            page = page with { Total = result.Total };
            await reader.ReadTimedAsync(metrics, query.Entity, found.Hits.ToArray(), withAlbums: true, found.Records);
        }))
        {
            return false;
        }

        page.WriteStart(found.Json);
        if (query is not null)
        {
            WriteItems(found, request, query.Entity);
        }

        page.WriteEnd(found.Json);
        body.Json.Append(found.Json.Written.Span);
        return true;
    }

    private async ValueTask<TermResult> FindAsync(HttpContext context, SpotifyRequest request, TermQuery query, ICatalogReader reader)
    {
        if (request.IsLimited)
        {
            query.Exclude = (reader, keys) => request.RemoveUnplayableAsync(reader, query.Entity, keys);
        }

        using var timing = metrics.Time("search");
        return await context.Search().FindAsync(reader, query, context.QueryDeadline())
            ?? throw new UnavailableException("Searches below /v1 need the search index with its words; metadata-api index builds it.");
    }

    private static void WriteItems(JsonBody found, SpotifyRequest request, Entity entity)
    {
        var encoder = new SpotifyEncoder(found, request);
        if (entity == Entity.Track)
        {
            encoder.WriteTracks(found.Records.Tracks, isFull: true);
            return;
        }

        var isFirst = true;
        foreach (var key in found.Hits)
        {
            var index = entity == Entity.Album ? found.Records.IndexOfAlbum(key) : found.Records.IndexOfArtist(key);
            if (index < 0)
            {
                continue;
            }

            found.Json.Append(isFirst ? ""u8 : ","u8);
            isFirst = false;
            if (entity == Entity.Album)
            {
                encoder.WriteAlbum(found.Records.Albums[index]);
            }
            else
            {
                encoder.WriteFullArtist(found.Records.Artists[index]);
            }
        }
    }

    private static string ReadText(HttpRequest request)
    {
        var q = request.Query["q"] is [var given, ..] ? given : request.Query["query"] is [var other, ..] ? other : null;
        return string.IsNullOrWhiteSpace(q) ? throw Errors.Bad("No search query")
            : q.Length > MaxLength ? throw Errors.Bad($"Query exceeds maximum length of {MaxLength} characters")
            : q;
    }

    private static string[] ReadTypes(HttpRequest request)
    {
        var given = request.Query["type"] is [{ Length: > 0 } list, ..] ? list.Split(',', StringSplitOptions.TrimEntries)
            : throw Errors.Bad("Missing parameter type");
        return Array.Find(given, type => !Types.Contains(type)) is { } unknown
            ? throw Errors.Bad("Bad search type field " + unknown)
            : Array.FindAll(Types, type => given.Contains(type));
    }
}
