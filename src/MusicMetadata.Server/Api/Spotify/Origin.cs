namespace MusicMetadata.Server.Api.Spotify;

/// <summary>How clients call the server: what the addresses in its answers begin with.</summary>
/// <param name="options">May say it.</param>
internal sealed class Origin(ServerOptions options)
{
    private readonly string? _configured = options.PublicUrl?.AbsoluteUri.TrimEnd('/');

    /// <summary>Scheme, host and maybe a path, without a slash at the end: as configured, else as the client asked.</summary>
    /// <remarks>As it was sent: the server has checked its characters, and making a name of it fails for some that it lets pass.</remarks>
    public string Of(HttpContext context) =>
        _configured ?? $"{context.Request.Scheme}://{context.Request.Host.Value}";
}
