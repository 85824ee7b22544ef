using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace MusicMetadata.Http;

/// <summary>So many requests a second for each client address, by the framework's token buckets.</summary>
internal static class RateLimit
{
    /// <summary>Registers the limiter; nothing when the limit is off.</summary>
    public static void AddRateLimit(this IServiceCollection services, ServerOptions options)
    {
        if (options.RateLimit == 0)
        {
            return;
        }

        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
                RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.Loopback, _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = options.RateBurst,
                    TokensPerPeriod = options.RateLimit,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                var detail = string.Create(CultureInfo.InvariantCulture, $"More than {options.RateLimit} requests a second from one address.");
                return new ValueTask(Problems.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, detail));
            };
        });
    }

    /// <summary>Puts the limiter into the pipeline; nothing when the limit is off.</summary>
    public static void UseRateLimit(this WebApplication app, ServerOptions options)
    {
        if (options.RateLimit != 0)
        {
            app.UseRateLimiter();
        }
    }
}
