using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Commands;
using MusicMetadata.Http;
using MusicMetadata.Tests.Binary;
using MusicMetadata.Tests.Http;
using Xunit.Abstractions;

namespace MusicMetadata.Tests.Fuzz;

/// <summary>
/// Mutated and random input for every parser of ours, and for the server over its socket. METADATA_API_FUZZ_CASES says how many cases,
/// METADATA_API_FUZZ_SEED repeats a run; <c>scripts/fuzz</c> does a million.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly int Cases = Number("METADATA_API_FUZZ_CASES", 20_000);
    private static readonly int Seed = Number("METADATA_API_FUZZ_SEED", Random.Shared.Next());

    private static readonly string[] Texts =
    [
        "192.0.2.1, 10.0.0.1", "for=\"[2001:db8::1]:80\";proto=https, for=_x", "::ffff:1.2.3.4", "10.0.0.0/8,fd00::/8,unix",
        ":8080", "[::1]:8080", "unix:/run/x.sock", "US-ABC-12-34567", "https://a.example,*", "debug", "*", "\"", "\\", "\0", "\u001b[31m", "é漢\ud800",
    ];

    private static readonly string[] Requests =
    [
        "GET /lookup/track/wnCK1AIfsiaubgjkCieLBF HTTP/1.1\r\nHost: t\r\nIf-None-Match: \"a\", W/\"b\"\r\nAccept-Encoding: br;q=1, gzip\r\n\r\n",
        "GET /search/track?q=lu%20x&limit=7 HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8\r\nOrigin: https://a.example\r\n\r\n",
        "POST /batch/lookup HTTP/1.1\r\nHost: t\r\nContent-Length: 62\r\n\r\n{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\",\"x\"],\"isrcs\":[\"a-b\",\"\"]}",
        "POST /batch/lookup HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"tra\r\n9\r\ncks\":[]}\r\n\r\n0\r\n\r\n",
        "OPTIONS /batch/lookup HTTP/1.1\r\nHost: t\r\nOrigin: null\r\nAccess-Control-Request-Method: POST\r\n\r\n",
        "HEAD /lookup/isrc/QMM1I4206647 HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n",
    ];

    [Fact]
    public void No_parser_does_anything_but_read_or_refuse()
    {
        output.WriteLine($"seed {Seed}, {Cases} cases");
        var random = new Random(Seed);
        var proxies = NetworkList.Parse("trusted-proxies", "10.0.0.0/8");
        var root = CommandLine.Create();
        for (var i = 0; i < Cases; i++)
        {
            var text = Mutate(random, Texts[random.Next(Texts.Length)]);
            try
            {
                _ = ClientAddress.Resolve(IPAddress.Loopback, text, isForwarded: i % 2 == 0, proxies);
                _ = ClientAddress.Resolve(IPAddress.Parse("10.0.0.1"), text, isForwarded: i % 2 == 0, proxies);
                Assert.All(Observation.Visible(text), character => Assert.InRange(character, ' ', '~'));
                var canonical = Isrc.Canonical(text);
                Assert.Equal(canonical, Isrc.Canonical(canonical));
                _ = NameFolding.Fold(text);
                Refusable(() => NetworkList.Parse("trusted-proxies", text));
                Refusable(() => ListenAddress.Parse(text));
                Refusable(() => CrossOrigin.Parse(text));
                Refusable(() => ServerLog.ParseLevel(text));
                if (i % 50 == 0)
                {
                    // No argument of a process can hold a zero.
                    var argument = text.Replace("\0", "");
                    _ = root.Parse(["-rate-limit", argument, "-cors", argument, argument]);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, text {Observation.Visible(text)}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_bytes_over_the_socket_end_the_server_or_get_a_500()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-trusted-proxies", "127.0.0.1");
        var cases = Math.Max(500, Cases / 20);
        Assert.StartsWith(
            "HTTP/1.1 400",
            await RawHttp.SendAsync(server.Address, "POST /batch/lookup HTTP/1.1\r\nHost: t\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n9CCCCCCCCCCCCCCCCCCCCCCCC\r\n"),
            StringComparison.Ordinal);
        for (var i = 0; i < cases; i++)
        {
            var request = Mutate(random, Requests[random.Next(Requests.Length)]);
            var bytes = Encoding.Latin1.GetBytes(request);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Address.Host, server.Address.Port);
            var answer = await ExchangeAsync(socket, bytes);
            Assert.False(answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal), $"seed {Seed}, case {i}: {Observation.Visible(request)}\n{answer}");
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/readyz")).StatusCode);
        Assert.False(server.Log.Contains(" fail: ", StringComparison.Ordinal), $"seed {Seed}: {server.Log}");
    }

    private static void Refusable(Func<object?> parse)
    {
        try
        {
            _ = parse();
        }
        catch (OperatorException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    /// <summary>Sends, says that no more comes, and reads what comes back until the server closes.</summary>
    private static async Task<string> ExchangeAsync(Socket socket, byte[] request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = new StringBuilder();
        try
        {
            _ = await socket.SendAsync(request, patience.Token);
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[65536];
            int read;
            while ((read = await socket.ReceiveAsync(buffer, patience.Token)) > 0)
            {
                _ = answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Refused in the middle of what was sent: an answer too.
        }

        return answer.ToString();
    }

    private static string Mutate(Random random, string text)
    {
        var mutated = new StringBuilder(text);
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(mutated.Length + 1);
            switch (random.Next(5))
            {
                case 0:
                    _ = mutated.Insert(at, (char)random.Next(256));
                    break;
                case 1 when at < mutated.Length:
                    _ = mutated.Remove(at, random.Next(Math.Min(8, mutated.Length - at)) + 1);
                    break;
                case 2 when at < mutated.Length:
                    mutated[at] = (char)random.Next(256);
                    break;
                case 3:
                    _ = mutated.Insert(at, Texts[random.Next(Texts.Length)]);
                    break;
                default:
                    _ = mutated.Insert(at, new string((char)random.Next(32, 127), random.Next(200)));
                    break;
            }
        }

        return mutated.ToString();
    }

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback;
}
