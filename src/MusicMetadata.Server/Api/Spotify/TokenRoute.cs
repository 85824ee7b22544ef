using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using MusicMetadata.Server.Access;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>
/// <c>POST /api/token</c>: clients fetch a token before anything else. Without a token of the server's own any credentials will do; with
/// one, the client's secret must be that token.
/// </summary>
/// <param name="token">The token that requests must have; null for none.</param>
internal sealed class TokenRoute(AuthToken? token)
{
    private const int MaxBody = 16 * 1024;
    private const string AnyToken = "any";

    /// <summary>Adds the route.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/token", [HttpMethods.Post], AnswerAsync).WithMetadata(new AllowAnonymousAttribute());

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var form = QueryHelpers.ParseQuery(
            await RequestBody.ReadAsync(context.Request, MaxBody, body => Encoding.UTF8.GetString(body)));
        var secret = ReadSecret(context.Request.Headers.Authorization.ToString())
            ?? (form.ContainsKey("client_id") ? form.GetValueOrDefault("client_secret").ToString() : null);
        if (form.GetValueOrDefault("grant_type").ToString() != "client_credentials")
        {
            await RefuseAsync(context, "unsupported_grant_type", "grant_type must be client_credentials");
        }
        else if (secret is null)
        {
            await RefuseAsync(context, "invalid_client", "Invalid client");
        }
        else if (token is not null && !token.Is(secret))
        {
            await RefuseAsync(context, "invalid_client", "Invalid client secret");
        }
        else
        {
            using var body = JsonBody.Rent();
            body.Json.Append("{\"access_token\":"u8);
            body.Json.AppendText(token?.Value ?? AnyToken);
            body.Json.Append(",\"token_type\":\"Bearer\",\"expires_in\":3600}"u8);
            await body.SendAsync(context);
        }
    }

    private static async Task RefuseAsync(HttpContext context, string error, string description)
    {
        using var body = JsonBody.Rent();
        body.Json.Append("{\"error\":"u8);
        body.Json.AppendText(error);
        body.Json.Append(",\"error_description\":"u8);
        body.Json.AppendText(description);
        body.Json.Append("}"u8);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await body.SendAsync(context);
    }

    /// <summary>The password of Basic authentication (RFC 7617); null when there is none.</summary>
    private static string? ReadSecret(string authorization)
    {
        const string Scheme = "Basic ";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':') is > 0 and var colon ? pair[(colon + 1)..] : null;
    }
}
