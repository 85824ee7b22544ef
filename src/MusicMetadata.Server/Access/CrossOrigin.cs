using Microsoft.Net.Http.Headers;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Access;

/// <summary>Lets web pages of other origins read (CORS), by the framework's middleware.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Exposed = [HeaderNames.ETag, HeaderNames.RetryAfter, "RateLimit", "RateLimit-Policy"];
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    /// <summary>Reads the option.</summary>
    /// <returns>The origins; null for none.</returns>
    /// <exception cref="OperatorException">Something in it is no origin.</exception>
    public static string[]? Parse(string option)
    {
        if (option is "off" or "")
        {
            return null;
        }

        var origins = option.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var origin in origins)
        {
            if (origin != "*" && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)))
            {
                throw new OperatorException($"-cors: '{origin}' is no origin. Give *, off, or origins such as https://music.example,http://localhost:3000");
            }
        }

        return origins;
    }

    private static Task VaryByOrigin(HttpResponse response)
    {
        if (!response.Headers.Vary.Contains(HeaderNames.Origin))
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }

        return Task.CompletedTask;
    }

    /// <summary>Registers the policy.</summary>
    public static void AddCrossOrigin(this IServiceCollection services, ServerOptions options) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
            policy.WithOrigins(Parse(options.Cors) ?? []).WithMethods(Methods).AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromDays(1))));

    /// <summary>Puts it into the pipeline, after routing; nothing when it is off.</summary>
    public static void UseCrossOrigin(this WebApplication app, ServerOptions options)
    {
        if (Parse(options.Cors) is not { } origins)
        {
            return;
        }

        if (!origins.Contains("*"))
        {
            // The framework says so only to the origins that it lets in, and a cache would give them what it keeps of answers to others.
            app.Use(next => context =>
            {
                context.Response.OnStarting(static state => VaryByOrigin((HttpResponse)state), context.Response);
                return next(context);
            });
        }

        _ = app.UseCors();
    }
}
