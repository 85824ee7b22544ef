using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MusicMetadata.Catalog;
using MusicMetadata.Http;
using MusicMetadata.Search;
using MusicMetadata.Sqlite;

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

        // Reading is synchronous: without a thread for each reader, a few that wait for slow storage would hold up everything else, because the
        // thread pool adds threads beyond the number of cores only slowly.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        _ = ThreadPool.SetMinThreads(workers + storeOptions.Readers, completions);

        var store = SqliteCatalog.Open(storeOptions);
        var search = new IndexedSearch(storeOptions, store.MainFingerprint);
        using var catalog = new ServedCatalog(store, search);
        await using var app = Server.Build(serverOptions, catalog);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MusicMetadata");
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new OperatorException(e.InnerException is AddressInUseException || e is AddressInUseException
                ? $"{serverOptions.Address} is in use by another program. Stop it, or listen elsewhere with -addr."
                : $"Cannot listen on {serverOptions.Address}: {e.Message}");
        }

        // Not before: who starts a server that cannot listen is told just that.
        foreach (var warning in store.Warnings)
        {
            ServeLog.Warning(log, warning);
        }

        search.Start(log);

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        ServeLog.Settings(log, ProductVersion.Number, Connection.SqliteVersion, storeOptions.Readers, storeOptions.CacheSize, storeOptions.MmapSize, serverOptions.RateLimit, serverOptions.RateBurst);
        var size = new FileInfo(storeOptions.Database).Length;
        ServeLog.Catalog(log, size, store.Fingerprint);
        ServeLog.Started(log, storeOptions.Database, address);
        started?.Invoke(address);
        var reload = new CatalogReload(catalog, storeOptions, log);
        using var signal = reload.ReloadOnSignal();
        using var lostMap = LostMap.EndOnSignal(storeOptions.Database);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        var reloading = reload.RunAsync(stopped.Token);
        await app.WaitForShutdownAsync(cancellation);
        await stopped.CancelAsync();
        await reloading;
    }
}

/// <summary>The lines that serving writes to the log.</summary>
internal static partial class ServeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void Warning(ILogger log, string warning);

    [LoggerMessage(Level = LogLevel.Information, Message = "metadata-api {Version}, SQLite {Sqlite}: {Readers} readers with {CacheSize} bytes of cache and {MmapSize} of memory map for each file, {RateLimit} requests a second for each client, {RateBurst} at once")]
    public static partial void Settings(ILogger log, string version, string sqlite, int readers, long cacheSize, long mmapSize, int rateLimit, int rateBurst);

    [LoggerMessage(Level = LogLevel.Information, Message = "Catalog {Fingerprint}: main database of {Bytes} bytes")]
    public static partial void Catalog(ILogger log, long bytes, string fingerprint);

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Database} on {Address}")]
    public static partial void Started(ILogger log, string database, string address);
}
