using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Server;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// Managed memory that the whole server allocates for one request, by endpoint, framework included; held against
/// <c>allocation-budget.json</c>. The client is a bare socket that allocates nothing.
/// </summary>
internal static class Allocations
{
    private const int Requests = 2000;

    /// <summary>Prints bytes for each request; returns 1 when an endpoint is over its budget.</summary>
    public static async Task<int> CheckAsync(string database)
    {
        var budget = JsonSerializer.Deserialize<Dictionary<string, long>>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "allocation-budget.json")))!;
        var store = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 2 });
        var options = new SearchOptions { IndexPath = SearchOptions.PathBeside(database), Connections = 2 };
        using var catalog = new ServedCatalog(new OpenCatalog(store, new CatalogSearch(options, store.IndexIdentity)));
        await using var app = HttpServer.Build(new ServerOptions { Address = ListenAddress.Parse("127.0.0.1:0"), RateLimit = 0 }, catalog);
        await app.StartAsync();
        var port = new Uri(app.Urls.First()).Port;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = 30_000,
        };
        await socket.ConnectAsync(IPAddress.Loopback, port);

        var samples = Samples.Read(database, 200);
        var requests = new Dictionary<string, byte[][]>
        {
            ["/health"] = [Get("/health")],
            ["track"] = [.. samples.Tracks.Select(id => Get("/lookup/track/" + id))],
            ["artist"] = [.. samples.Artists.Select(id => Get("/lookup/artist/" + id))],
            ["album"] = [.. samples.Albums.Select(id => Get("/lookup/album/" + id))],
            ["isrc"] = [.. samples.Isrcs.Select(isrc => Get("/lookup/isrc/" + Uri.EscapeDataString(isrc)))],
            ["batch of 100 tracks"] = [Post("/batch/lookup", JsonSerializer.Serialize(new { tracks = samples.Tracks.Take(100) }))],
        };
        var failed = 0;
        foreach (var (name, sent) in requests)
        {
            var bytes = Measure(socket, sent);
            var within = bytes <= budget[name];
            failed += within ? 0 : 1;
            Console.WriteLine($"{name,-20} {bytes,10:N0} bytes a request, budget {budget[name]:N0}{(within ? "" : ": over")}");
        }

        Console.WriteLine($"{requests.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static long Measure(Socket socket, byte[][] requests)
    {
        var answer = new byte[1 << 20];
        for (var i = 0; i < Requests; i++)
        {
            Ask(socket, requests[i % requests.Length], answer);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Requests; i++)
        {
            Ask(socket, requests[i % requests.Length], answer);
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Requests;
    }

    /// <summary>Sends one request and reads its answer to the end: as long as its head says, or to its last chunk.</summary>
    private static void Ask(Socket socket, byte[] request, byte[] answer)
    {
        _ = socket.Send(request);
        var have = 0;
        while (true)
        {
            var read = socket.Receive(answer.AsSpan(have));
            have += read > 0 ? read : throw new EndOfStreamException();
            var head = answer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                continue;
            }

            var length = answer.AsSpan(0, head).IndexOf("Content-Length: "u8);
            if (length < 0 ? answer.AsSpan(0, have).EndsWith("\r\n0\r\n\r\n"u8) : have >= head + 4 + Number(answer.AsSpan(length + 16)))
            {
                return;
            }
        }
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static byte[] Post(string path, string body) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + $"{Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
