using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MusicMetadata.Server.Access;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Api.Spotify;
using MusicMetadata.Server.Health;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server;

/// <summary>
/// Puts the HTTP side together: the one place that decides what surrounds a request, for the program and for tests alike.
/// </summary>
public static class HttpServer
{
    /// <summary>Builds a server that is not listening yet.</summary>
    public static WebApplication Build(ServerOptions options, ServedCatalog catalog)
    {
        // Empty, because the others read appsettings.json and to that end watch every folder below the working folder, which may be "/".
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        GracefulStop.AddTo(builder.Services);
        builder.Services.AddRoutingCore();
        builder.AddServerLog(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTime);
        Compression.AddTo(builder.Services);
        SystemdNotifications.AddTo(builder.Services);
        builder.Services.AddServerMetrics();
        builder.Services.AddCrossOrigin(options);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));

        var app = builder.Build();
        app.UseGracefulStop();
        app.UseRequestDeadline();
        app.UseClientAddress(options);
        app.UseAccessLog(options);
        app.UseValidationMetrics();
        app.UseSecurityHeaders();
        app.UseSpotifyErrors(options);
        app.UseProblems();
        app.UseCatalog(catalog);
        app.UseRouting();
        app.UseCrossOrigin(options);
        app.UseMetricsAddress(options);
        app.UseRateLimit(options);
        var token = AuthToken.Of(options);
        token?.AddTo(app);
        app.UseResponseCompression();
        Routes.Map(
            app,
            options,
            token,
            catalog,
            new Caching(options.EffectiveCacheControl, app.Services.GetRequiredService<IResponseCompressionProvider>()));
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;

        // Kestrel's own limit closes the connection in the middle of a body; the only route with a body bounds it itself.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = options.EffectiveMaxConnections is > 0 and var max ? max : null;

        // Clients that send or take bytes slower than this are cut off: each would hold a connection, and a batch's memory, for as long as
        // it likes.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(10));

        // An id of 10 kB is a client's mistake that deserves the same 404 as any other unknown id.
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        Listen(kestrel, options, options.Address, _ => { });
        if (options.MetricsAddress is { } metricsAddress)
        {
            Listen(kestrel, options, metricsAddress, MetricsRoute.Mark);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions options, ListenAddress address, Action<ListenOptions> mark)
    {
        void Configure(ListenOptions listener)
        {
            RequestDeadline.AddTo(listener, options);
            mark(listener);
        }

        switch (address)
        {
            case ListenAddress.UnixSocket(var path):
                StaleSocket.Remove(Path.GetFullPath(path));
                kestrel.ListenUnixSocket(Path.GetFullPath(path), Configure);
                break;
            case ListenAddress.At(var endPoint):
                kestrel.Listen(endPoint, Configure);
                break;
            case ListenAddress.Localhost(var port):
                kestrel.ListenLocalhost(port, Configure);
                break;
            case ListenAddress.Anywhere(var port):
                kestrel.ListenAnyIP(port, Configure);
                break;
        }
    }
}
