namespace MusicMetadata.Server.Api.Spotify;

/// <summary>
/// Routes of Spotify's that the catalog has no data for. They answer 403, upon which clients do without; 401 would make them log in again
/// and again, and 404 would mean the id.
/// </summary>
internal static class AbsentRoutes
{
    private static readonly string[] AnyMethod =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Post, HttpMethods.Delete];

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapOne("/v1/artists/{id}/related-artists", "related artists");
        MapOne("/v1/recommendations", "recommendations");
        MapOne("/v1/recommendations/available-genre-seeds", "recommendations");
        MapOne("/v1/audio-features", "audio features");
        MapOne("/v1/audio-features/{id}", "audio features");
        MapOne("/v1/audio-analysis/{id}", "audio analysis");
        MapOne("/v1/browse/{**rest}", "new releases, categories and featured playlists");
        _ = routes.MapMethods("/v1/me/{**rest}", AnyMethod, Refuse("This catalog has no users.")).ExcludeFromDescription();

        void MapOne(string pattern, string what) =>
            routes.MapMethods(pattern, Routes.Read, Refuse($"This catalog has no {what}.")).ExcludeFromDescription();
    }

    private static RequestDelegate Refuse(string message) =>
        context => Problems.WriteAsync(context, StatusCodes.Status403Forbidden, message);
}
