using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MusicMetadata.Catalog;
using MusicMetadata.Loading;
using MusicMetadata.Server;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>Serves a catalog until told to stop: what the program does when no other command is named.</summary>
internal static class ServeCommand
{
    /// <summary>Opens the catalog, listens, and returns after SIGTERM or SIGINT.</summary>
    /// <param name="options">The catalog.</param>
    /// <param name="serverOptions">How to listen.</param>
    /// <param name="started">Called once with the address after the server listens.</param>
    /// <param name="cancellation">Stops the server as a signal does.</param>
    /// <exception cref="OperatorException">It cannot start.</exception>
    public static async Task RunAsync(
        CatalogOptions options, ServerOptions serverOptions, Action<string>? started, CancellationToken cancellation)
    {
        // Who waits for a query is told so before its connection is closed.
        serverOptions = serverOptions with { QueryTime = Shorter(serverOptions.QueryTime, serverOptions.RequestTime) };
        DescriptorLimit.Raise();
        serverOptions = serverOptions with { FileDescriptors = options.MaxDescriptors };

        // Before any file is opened, which may take a while: both signals would end the program without a word.
        var loader = new CatalogLoader(options.Store, options.Search);
        var reload = new CatalogReload(loader, options.ReloadInterval);
        using var signal = reload.ReloadOnSignal();
        using var mapFault = MemoryMapFault.EndOnSignal(options.Store.Database);

        // Reading files is synchronous: without a thread for each reader, a few that wait for slow storage would hold up everything else,
        // because the thread pool adds threads beyond the number of cores only slowly. A health check and a reload may be stuck besides.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        _ = ThreadPool.SetMinThreads(workers + options.BlockingReaders + 2, completions);

        using var catalog = new ServedCatalog(loader.Open());
        await using var app = HttpServer.Build(serverOptions, catalog);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MusicMetadata");
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            var addresses = serverOptions.MetricsAddress is { } metricsAddress
                ? $"{serverOptions.Address} or {metricsAddress}"
                : $"{serverOptions.Address}";
            throw e.InnerException is AddressInUseException || e is AddressInUseException
                ? new OperatorException($"{addresses} is in use by another program.", nameof(ServerOptions.Address))
                : new OperatorException($"Cannot listen on {addresses}: {e.Message}");
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        ServeLog.Version(log, ProductVersion.Number, Connection.SqliteVersion, Environment.Version);

        // Not before: who starts a server that cannot listen is told just that.
        loader.Begin(catalog.Current, log);
        ServeLog.Limits(
            log,
            serverOptions.RateLimit,
            serverOptions.RateBurst,
            serverOptions.EffectiveMaxConnections,
            serverOptions.RequestTime.TotalSeconds,
            serverOptions.QueryTime.TotalSeconds);
        ServeLog.Started(log, options.Store.Database, address);
        started?.Invoke(address);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        var reloading = reload.RunAsync(catalog, app.Services.GetRequiredService<ServerMetrics>(), log, stopped.Token);
        await app.WaitForShutdownAsync(cancellation);
        await stopped.CancelAsync();
        await reloading;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>The lines that serving writes to the log.</summary>
internal static partial class ServeLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void Warning(ILogger log, string warning);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "metadata-api {Version} with SQLite {Sqlite} and .NET {Framework}")]
    public static partial void Version(ILogger log, string version, string sqlite, Version framework);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Catalog {Identity}: {Place}")]
    public static partial void Place(ILogger log, CatalogIdentity identity, string place);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "{Readers} readers, {Reading}")]
    public static partial void Readers(ILogger log, int readers, string reading);

    [LoggerMessage(
        EventId = 6,
        Level = LogLevel.Information,
        Message = "Limits: {RateLimit} requests a second for each client and {RateBurst} at once, {MaxConnections} connections, "
            + "{RequestTime} s for a request, {QueryTime} s for a query; 0 is none")]
    public static partial void Limits(ILogger log, int rateLimit, int rateBurst, long maxConnections, double requestTime, double queryTime);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "Serving {Database} on {Address}")]
    public static partial void Started(ILogger log, string database, string address);
}
