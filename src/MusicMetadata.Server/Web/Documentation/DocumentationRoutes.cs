using MusicMetadata.Server.Api;

namespace MusicMetadata.Server.Web.Documentation;

/// <summary>
/// The OpenAPI document and the page that shows it. Only the files of Swagger UI's package are used: the page its middleware makes
/// evaluates text as script, which no strict policy allows.
/// </summary>
internal static class DocumentationRoutes
{
    /// <summary>Nothing but what this server sends. Swagger UI's own icons are <c>data:</c> images of its style sheet.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action "
            + "'none'; frame-ancestors 'none'";

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = StaticAsset.Own("docs.html", Policy);
        routes.MapAsset("/openapi.yaml", StaticAsset.Own("openapi.yaml"));
        routes.MapAsset("/openapi.json", StaticAsset.Own("openapi.json"));
        routes.MapMethods("/docs", Routes.Read, context => SendPageAsync(context, page)).AllowAnonymous();
        routes.MapAssets("/docs", new()
        {
            ["docs.css"] = StaticAsset.Own("docs.css"),
            ["docs.js"] = StaticAsset.Own("docs.js"),
            ["theme.js"] = StaticAsset.Own("theme.js"),
            ["icon.svg"] = StaticAsset.Own("icon.svg"),
            ["swagger-ui.css"] = StaticAsset.Own("swagger-ui.css"),
            ["swagger-ui-bundle.js"] = StaticAsset.Own("swagger-ui-bundle.js"),
            ["license.txt"] = StaticAsset.Own("LICENSE"),
        });
    }

    /// <summary>The page names its files relative to its folder, so an address with one slash more needs sending back.</summary>
    private static Task SendPageAsync(HttpContext context, StaticAsset page)
    {
        if (context.Request.Path.Value!.EndsWith('/'))
        {
            context.Response.Redirect("../docs", permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        }

        return page.SendAsync(context);
    }
}
