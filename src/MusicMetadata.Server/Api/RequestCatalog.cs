using Microsoft.AspNetCore.Http.Features;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Server.Api;

/// <summary>
/// Gives each request one catalog from its first to its last read, however often the files are replaced meanwhile: a key means nothing in
/// another catalog, and an entity tag must be that of the data it is sent with.
/// </summary>
internal static class RequestCatalog
{
    /// <summary>Puts it into the pipeline.</summary>
    public static void UseCatalog(this WebApplication app, ServedCatalog catalog) =>
        app.Use(next => async context =>
        {
            using var rental = catalog.Rent();
            context.Features.Set(rental.Catalog);
            await next(context);
        });

    /// <summary>The catalog of this request.</summary>
    public static ICatalogStore Catalog(this HttpContext context) => context.Features.GetRequiredFeature<OpenCatalog>().Store;

    /// <summary>The search of this request's catalog.</summary>
    public static CatalogSearch Search(this HttpContext context) => context.Features.GetRequiredFeature<OpenCatalog>().Search;
}
