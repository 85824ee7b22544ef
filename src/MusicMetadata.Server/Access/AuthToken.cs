using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Access;

/// <summary>One bearer token (RFC 6750) that all clients must send, for those who expose the server without a gateway in front.</summary>
internal sealed class AuthToken
{
    private const int MinLength = 16;

    private readonly byte[] _wanted;

    private AuthToken(string token)
    {
        Value = token;
        _wanted = Encoding.ASCII.GetBytes(token);
    }

    /// <summary>The token.</summary>
    public string Value { get; }

    /// <summary>The token that clients must send; null when no file is named.</summary>
    /// <exception cref="OperatorException">The file cannot be read, or holds no token worth the name.</exception>
    public static AuthToken? Of(ServerOptions options) => options.AuthTokenFile is { } file ? new AuthToken(Read(file)) : null;

    /// <summary>
    /// Whether a text is the token, in a time that depends on lengths only: it must not tell how much of a guess was right.
    /// </summary>
    public bool Is(string text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _wanted);

    /// <summary>Puts the check into the pipeline, after routing.</summary>
    public void AddTo(WebApplication app) =>
        app.Use(next => context =>
        {
            if (IsRight(context.Request.Headers.Authorization)
                || MetricsRoute.IsOnOwnAddress(context)
                || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                return next(context);
            }

            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "This server wants a token: Authorization: Bearer …");
        });

    private static string Read(string path)
    {
        string token;
        try
        {
            token = File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The token file {path} cannot be read: {e.Message}");
        }

        return token.Length >= MinLength && token.All(character => character is > ' ' and <= '~')
            ? token
            : throw new OperatorException(
                $"The token file {path} must hold one token of {MinLength} or more visible ASCII characters. Make one: openssl rand -hex "
                    + "32");
    }

    private bool IsRight(string? authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Is(authorization[Scheme.Length..].Trim());
    }
}
