using MusicMetadata.Server.Api;

namespace MusicMetadata.Server.Web;

/// <summary>
/// Maps files of the executable to addresses. They are the same for everybody and tell nothing of the catalog, so they need no token.
/// </summary>
internal static class AssetRoutes
{
    /// <summary>Adds one file as a route of the interface, which the OpenAPI document lists.</summary>
    public static void MapAsset(this IEndpointRouteBuilder routes, string path, StaticAsset asset) =>
        routes.MapMethods(path, Routes.Read, asset.SendAsync).AllowAnonymous();

    /// <summary>
    /// Adds the files that a page loads. They belong to the page and are no part of the interface, so no document lists them.
    /// </summary>
    public static void MapAssets(this IEndpointRouteBuilder routes, string folder, Dictionary<string, StaticAsset> assets) =>
        routes.MapMethods(folder + "/{file}", Routes.Read, context =>
            assets.TryGetValue((string)context.Request.RouteValues["file"]!, out var asset)
                ? asset.SendAsync(context)
                : throw new ClientException(StatusCodes.Status404NotFound, "This page has no such file."))
        .AllowAnonymous().ExcludeFromDescription();
}
