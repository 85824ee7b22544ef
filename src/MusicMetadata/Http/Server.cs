using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary>Puts the HTTP side together: the one place that decides what surrounds a request, for the program and for tests alike.</summary>
internal static class Server
{
    /// <summary>Builds a server that is not listening yet.</summary>
    public static WebApplication Build(ServerOptions options, ICatalogStore store, INameSearch search)
    {
        // Empty, because the others read appsettings.json and to that end watch every folder below the working folder, which may be "/".
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // It logs a failed start as an error with a stack trace, which the one line that the operator is told would drown in.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTime);
        builder.Services.AddRateLimit(options);
        Compression.AddTo(builder.Services);
        ServiceManager.AddTo(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, ListenAddress.Parse(options.Address)));

        var app = builder.Build();
        app.UseProblems();
        app.UseRouting();
        app.UseRateLimit(options);
        app.UseResponseCompression();
        Routes.Map(app, options, store, search, new Caching(store, options.CacheControl, app.Services.GetRequiredService<IResponseCompressionProvider>()));
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress address)
    {
        kestrel.AddServerHeader = false;

        // Kestrel's own limit hangs up on a client in the middle of its body; the only route with a body bounds it itself.
        kestrel.Limits.MaxRequestBodySize = null;

        // An id of 10 kB is a client's mistake that deserves the same 404 as any other unknown id.
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        switch (address)
        {
            case ListenAddress.UnixSocket(var path):
                kestrel.ListenUnixSocket(Path.GetFullPath(path));
                break;
            case ListenAddress.At(var endPoint):
                kestrel.Listen(endPoint);
                break;
            case ListenAddress.Localhost(var port):
                kestrel.ListenLocalhost(port);
                break;
            case ListenAddress.Anywhere(var port):
                kestrel.ListenAnyIP(port);
                break;
        }
    }
}
