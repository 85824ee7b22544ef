using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.RateLimiting;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Access;

/// <summary>So many requests a second for each client.</summary>
internal static class RateLimit
{
    /// <summary>Puts the limiter into the pipeline, after routing; nothing when the limit is off.</summary>
    public static void UseRateLimit(this WebApplication app, ServerOptions options)
    {
        if (options.RateLimit == 0)
        {
            return;
        }

        var metrics = app.Services.GetRequiredService<ServerMetrics>();
        var exempt = options.RateLimitExempt;
        var buckets = new TokenBuckets(options.RateLimit, options.RateBurst, Stopwatch.Frequency);

        // The fields of draft-ietf-httpapi-ratelimit-headers-10: a quota of q requests in a window of w seconds.
        var window = ((options.RateBurst - 1) / options.RateLimit) + 1;
        var policy = string.Create(CultureInfo.InvariantCulture, $"\"client\";q={options.RateBurst};w={window}");
        app.Use(next => context =>
        {
            var client = context.Connection.RemoteIpAddress is { } address ? ClientAddress.Normalize(address) : null;
            if (context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null || exempt.Contains(client))
            {
                return next(context);
            }

            var allowance = buckets.Take(ClientAddress.Network(client), Stopwatch.GetTimestamp());
            if (allowance.IsAllowed && allowance.Remaining >= options.RateBurst / 2)
            {
                // Far from the limit nobody needs to know it, and each answer would be 60 bytes longer.
                return next(context);
            }

            context.Response.Headers["RateLimit-Policy"] = policy;
            context.Response.Headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture, $"\"client\";r={allowance.Remaining};t={allowance.FullSeconds}");
            return allowance.IsAllowed ? next(context) : RejectAsync(context, allowance, options, metrics);
        });
    }

    private static Task RejectAsync(HttpContext context, Allowance allowance, ServerOptions options, ServerMetrics metrics)
    {
        metrics.CountRateLimited();
        context.Response.Headers.RetryAfter = allowance.RetrySeconds.ToString(CultureInfo.InvariantCulture);
        var detail = string.Create(CultureInfo.InvariantCulture, $"More than {options.RateLimit} requests a second from one address.");
        return Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, detail);
    }
}
