namespace MusicMetadata.Server.Access;

/// <summary>What tells browsers to be careful with any answer. Pages of this server add a policy of their own.</summary>
internal static class SecurityHeaders
{
    /// <summary>Sets it on every answer.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(next => context =>
        {
            // A browser must take no name from the catalog for a script or a page.
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
}
