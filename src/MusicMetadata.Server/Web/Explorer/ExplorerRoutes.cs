using MusicMetadata.Server.Api;

namespace MusicMetadata.Server.Web.Explorer;

/// <summary>The start page: for browsers a page to search the catalog with, for programs an index of the routes.</summary>
internal static class ExplorerRoutes
{
    /// <summary>Scripts, styles and requests from this server only; pictures from wherever the catalog says they are.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Files =
    [
        "api.js", "app.js", "barcode.js", "dom.js", "format.js", "keys.js", "list.js",
        "listexport.js", "listrows.js", "listtext.js", "notice.js", "record.js", "search.js", "sleeve.js", "source.js",
        "theme.js", "base.css", "list.css", "record.css", "search.css", "icon.svg",
    ];

    /// <summary>Adds the routes; without the explorer, <c>/</c> answers the index to everybody.</summary>
    public static void Map(IEndpointRouteBuilder routes, bool explorer)
    {
        if (!explorer)
        {
            routes.MapMethods("/", Routes.Read, RouteIndex.SendAsync).AllowAnonymous();
            return;
        }

        var page = StaticAsset.Own("index.html", Policy, vary: "Accept");
        routes.MapMethods(
            "/", Routes.Read, context => PrefersHtml(context.Request) ? page.SendAsync(context) : RouteIndex.SendAsync(context))
            .AllowAnonymous();
        routes.MapAssets("/explorer", Files.ToDictionary(name => name, name => StaticAsset.Own(name)));
    }

    /// <summary>Whether a client names HTML among what it accepts, and does not prefer JSON: browsers do, programs do not.</summary>
    private static bool PrefersHtml(HttpRequest request)
    {
        var html = Quality("text/html");
        return html > 0 && html >= Quality("application/json");

        double Quality(string type) => request.GetTypedHeaders().Accept.FirstOrDefault(accepted => accepted.MediaType == type) is { } found
            ? found.Quality ?? 1
            : 0;
    }
}
