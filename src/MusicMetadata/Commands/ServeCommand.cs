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
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Commands;

/// <summary>Serves a catalog until told to stop: what the program does when no other command is named.</summary>
internal static class ServeCommand
{
    /// <summary>Opens the catalog, listens, and returns after SIGTERM or SIGINT.</summary>
    /// <param name="storeOptions">How to open the files.</param>
    /// <param name="serverOptions">How to listen.</param>
    /// <param name="started">Called once with the address after the server listens.</param>
    /// <param name="cancellation">Stops the server as a signal does.</param>
    /// <exception cref="OperatorException">It cannot start.</exception>
    public static async Task RunAsync(StoreOptions storeOptions, ServerOptions serverOptions, Action<string>? started, CancellationToken cancellation)
    {
        storeOptions.Validate();
        serverOptions.Validate();

        // Who waits for a query is told so before its connection is closed.
        serverOptions = serverOptions with { QueryTime = Shorter(serverOptions.QueryTime, serverOptions.RequestTime) };
        Descriptors.TakeAll();
        serverOptions = serverOptions with { FileDescriptors = storeOptions.MostDescriptors };

        // Before any file is opened, which may take a while: both signals would end the program without a word.
        var loader = new CatalogLoader(storeOptions);
        var reload = new CatalogReload(loader, storeOptions.Watch);
        using var signal = reload.ReloadOnSignal();
        using var lostMap = LostMap.EndOnSignal(storeOptions.Database);

        // Reading is synchronous: without a thread for each reader, a few that wait for slow storage would hold up everything else, because the
        // thread pool adds threads beyond the number of cores only slowly. A health check and a reload may be stuck besides.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        _ = ThreadPool.SetMinThreads(workers + storeOptions.Readers + 2, completions);

        using var catalog = new ServedCatalog(loader.Open());
        await using var app = HttpServer.Build(serverOptions, catalog);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MusicMetadata");
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            var (addresses, names) = serverOptions.MetricsAddress.Length == 0
                ? (serverOptions.Address, "-addr")
                : ($"{serverOptions.Address} or {serverOptions.MetricsAddress}", "-addr or -metrics-addr");
            throw new OperatorException(e.InnerException is AddressInUseException || e is AddressInUseException
                ? $"{addresses} is in use by another program. Stop it, or listen elsewhere with {names}."
                : $"Cannot listen on {addresses}: {e.Message}");
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        ServeLog.Version(log, ProductVersion.Number, Connection.SqliteVersion, Environment.Version);

        // Not before: who starts a server that cannot listen is told just that.
        loader.Begin(catalog.Current, log);
        ServeLog.Limits(log, serverOptions.RateLimit, serverOptions.RateBurst, serverOptions.EffectiveMaxConnections, serverOptions.RequestTime.TotalSeconds, serverOptions.QueryTime.TotalSeconds);
        ServeLog.Started(log, storeOptions.Database, address);
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

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Catalog {Identity}: {Files}")]
    public static partial void Files(ILogger log, CatalogIdentity identity, string files);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Rows at most: {Rows}")]
    public static partial void Rows(ILogger log, string rows);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "{Readers} readers, each with {Pragmas} for each file")]
    public static partial void Readers(ILogger log, int readers, string pragmas);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "Limits: {RateLimit} requests a second for each client and {RateBurst} at once, {MaxConnections} connections, {RequestTime} s for a request, {QueryTime} s for a query; 0 is none")]
    public static partial void Limits(ILogger log, int rateLimit, int rateBurst, long maxConnections, double requestTime, double queryTime);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "Serving {Database} on {Address}")]
    public static partial void Started(ILogger log, string database, string address);
}
