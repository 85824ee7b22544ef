using System.CommandLine;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using MusicMetadata.Catalog;
using MusicMetadata.Commands;
using MusicMetadata.Search;
using MusicMetadata.Server;
using MusicMetadata.Server.Access;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Api.Native;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;
using MusicMetadata.SqliteStore;
using MusicMetadata.Tests.Binary;
using MusicMetadata.Tests.Http;
using MusicMetadata.Tests.Search;
using Xunit.Abstractions;

namespace MusicMetadata.Tests.Fuzz;

/// <summary>
/// Mutated and random input for every parser of ours, for searches, and for the server over its socket. METADATA_API_FUZZ_CASES says how many cases,
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

    private static readonly string[] Values =
    [
        "", "-", "--", "=", ":", "0", "1", "-1", "+1", " 1", "2147483648", "99999999999999999999", "1e3", "0x10", "١", "NaN", "true", "True", "false", "yes", "on", "off", "json",
        "-db", "-readers", "--help", "-h", "/?", "@file", "[diagram]", "[suggest:1]", "a b", "a=b", "\n", "/", ".", "..", "*", "unix:", "unix:/" + new string('x', 200), "::ffff:10.0.0.0/104", "::/0",
        "public, max-age=3600", "max-age=-1", "Forwarded", "serve", "demo", "check", "backup",
    ];

    private static readonly string[] Bodies =
    [
        "{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\",\"x\"],\"isrcs\":[\"a-b\",\"\"]}", "{\"Albums\":[\"\\ud83d\\ude00\"],\"ARTISTS\":null,\"other\":{\"a\":[1,2.5e3,true]}}",
        "{\"isrcs\":[\"\\u0000\\n\"]}", "[]", "null", "{}", "{\"tracks\":[null]}", "{\"tracks\":[],\"tracks\":[\"a\"]}", " \t\r\n{ \"albums\" : [ \"é\" ] } ", new('[', 100),
        "{\"tracks\":[" + string.Join(',', Enumerable.Repeat("\"x\"", 401)) + "]}",
    ];

    private static readonly string[] Strange =
    [
        "\0", " ", "  ", "%", "_", "*", "\"", "'", "\\", "\u0301", "\u0308", "\u0345", "\u200B", "\u200D", "\u202E", "\uFEFF", "\uFFFD", "\uFFFF", "\ud800", "\udc00", "\ud83d\ude00", "\udbff\udfff",
        "a", "A", "aa", "la ", "é", "e\u0301", "ß", "ẞ", "ﬁ", "ﬃ", "İ", "ı", "Σ", "ς", "ſ", "K", "Å", "か", "が", "か\u3099", "ｶﾞ", "ｱ", "Ａ", "①", "㈱", "㌔", "한", "\u1112", "\u1161", "\u11AB", "愛", "豈", "ﷺ", "𝕏", "हि", "ไท",
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
        for (var i = 0; i < Cases; i++)
        {
            var text = Mutate(random, Texts[random.Next(Texts.Length)]);
            try
            {
                _ = ClientAddress.Resolve(IPAddress.Loopback, text, isForwarded: i % 2 == 0, proxies);
                _ = ClientAddress.Resolve(IPAddress.Parse("10.0.0.1"), text, isForwarded: i % 2 == 0, proxies);
                Assert.All(Escape.NonPrintable(text), character => Assert.InRange(character, ' ', '~'));
                var canonical = Isrc.Canonical(text);
                Assert.Equal(canonical, Isrc.Canonical(canonical));
                _ = NameFolding.Fold(text);
                Refusable(() => NetworkList.Parse("trusted-proxies", text));
                Refusable(() => ListenAddress.Parse(text));
                Refusable(() => CrossOrigin.Parse(text));
                Refusable(() => ServerLog.ParseLevel(text));
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, text {Escape.NonPrintable(text)}: {e}");
            }
        }
    }

    [Fact]
    public void No_command_line_does_anything_but_be_read_or_refused()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var root = CommandLine.Create();
        Command[] commands = [root, .. root.Subcommands.Where(command => command.Options.Count > 0)];
        for (var i = 0; i < Cases / 10; i++)
        {
            var command = i % 2 == 0 ? root : commands[random.Next(commands.Length)];
            var arguments = Arguments(random, command);
            try
            {
                if (command != root)
                {
                    AssertReadOrRefused(CommandLine.Parse([command.Name, .. arguments]));
                    continue;
                }

                AssertReadOrRefused(CommandLine.Parse(arguments));
                var (server, store, own) = (new ServerSettings(), new StoreSettings(), new RootCommand());
                server.AddTo(own);
                store.AddTo(own);
                var parsed = own.Parse(arguments);
                AssertReadOrRefused(parsed);

                // Help forgives all errors.
                if (parsed.Errors.Count == 0 && parsed.Action is null)
                {
                    Refusable(() =>
                    {
                        server.Read(parsed).Validate();
                        return null;
                    });
                    Refusable(() =>
                    {
                        store.Read(parsed).Validate();
                        return null;
                    });
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, {command.Name} {Escape.NonPrintable(string.Join(" | ", arguments))}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_text_finds_anything_else_with_the_index_than_without()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        using var folder = new TemporaryFolder();
        await using var catalog = new SearchCatalog(AgreementTests.AddAwkwardCatalog(folder));
        for (var i = 0; i < Cases / 20; i++)
        {
            var entity = (Entity)random.Next(3);
            var text = Query(random, catalog.Names[entity]);
            var limit = random.Next(1, SearchLimits.MaxLimit + 1);
            try
            {
                var (indexed, scanned) = await catalog.AskAsync(entity, text, limit);
                Assert.Equal(scanned, indexed);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, {entity}, limit {limit}, text {string.Join(' ', text.Select(unit => $"{(int)unit:X4}"))}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_batch_is_anything_but_read_or_refused()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < Cases; i++)
        {
            var body = Encoding.Latin1.GetBytes(Mutate(random, Bodies[random.Next(Bodies.Length)]));

            // Pieces of a few bytes, so that a text or a character is in two of them.
            var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 1, pauseWriterThreshold: 0));
            _ = await pipe.Writer.WriteAsync(body);
            await pipe.Writer.CompleteAsync();
            var context = new DefaultHttpContext();
            context.Features.Set<IRequestBodyPipeFeature>(new Body(pipe.Reader));
            try
            {
                var batch = await BatchRequest.ReadAsync(context.Request);
                Assert.InRange(batch.Items, 1, BatchRequest.MostItems);
                Assert.All<string?>([.. batch.Tracks ?? [], .. batch.Artists ?? [], .. batch.Albums ?? [], .. batch.Isrcs ?? []], Assert.NotNull);
            }
            catch (ClientException e)
            {
                Assert.NotEmpty(e.Message);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, body {Escape.NonPrintable(Encoding.Latin1.GetString(body))}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_tag_but_the_right_one_is_answered_with_304()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        using var folder = new TemporaryFolder();
        var options = new StoreOptions { Database = folder.AddConformanceCatalog() };
        var store = SqliteCatalog.Open(options);
        using var catalog = new ServedCatalog(new OpenCatalog(store, new CatalogSearch(options, store.MainIdentity)));
        using var rental = catalog.Rent();
        var handle = new Caching("", new NoCompression()).Cached(_ => Task.CompletedTask);

        async Task<(int Status, string Tag)> AskAsync(string held)
        {
            var context = new DefaultHttpContext();
            context.Features.Set(rental.Catalog);
            context.Request.Headers.IfNoneMatch = held;
            await handle(context);
            return (context.Response.StatusCode, context.Response.Headers.ETag.ToString());
        }

        var (_, tag) = await AskAsync("");
        string[] values = [tag, "W/" + tag, $"\"a\", W/\"b\", {tag}", "*", $"*, {tag}", $"{tag},,", $"\"{tag}\"", "W/", "\"\\\""];
        foreach (var value in values[..3])
        {
            Assert.Equal((StatusCodes.Status304NotModified, tag), await AskAsync(value));
        }

        for (var i = 0; i < Cases; i++)
        {
            // Kestrel trims values; the framework's parser fails at "W/ " with nothing after it.
            var value = Mutate(random, values[random.Next(values.Length)]).Trim(' ', '\t');
            try
            {
                var (status, _) = await AskAsync(value);
                Assert.True(status == StatusCodes.Status200OK || (status == StatusCodes.Status304NotModified && value.Contains(tag, StringComparison.Ordinal)), $"status {status}");
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, If-None-Match {Escape.NonPrintable(value)}: {e}");
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
            // Each fourth has a head of noise, or nothing but noise.
            var request = (i % 4 == 0 ? Noise(random) : "") + (i % 8 == 0 ? "" : Mutate(random, Requests[random.Next(Requests.Length)]));
            var bytes = Encoding.Latin1.GetBytes(request);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Address.Host, server.Address.Port);
            var answer = await ExchangeAsync(socket, bytes);
            Assert.False(answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal), $"seed {Seed}, case {i}: {Escape.NonPrintable(request)}\n{answer}");
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/readyz")).StatusCode);
        Assert.False(server.Log.Contains(" fail: ", StringComparison.Ordinal), $"seed {Seed}: {server.Log}");
    }

    /// <summary>Options of a command in every form, some twice, some without a value, with values that few would give.</summary>
    private static string[] Arguments(Random random, Command command)
    {
        var arguments = new List<string>();
        for (var options = random.Next(1, 6); options > 0; options--)
        {
            var option = command.Options[random.Next(command.Options.Count)];
            string[] names = [option.Name, .. option.Aliases];
            var name = names[random.Next(names.Length)];
            var value = Value(random);
            arguments.AddRange(random.Next(7) switch
            {
                0 => [name],
                1 => [name, name],
                2 => [$"{name}={value}"],
                3 => [$"{name}:{value}"],
                4 => [name, value, name, Value(random)],
                5 => [value],
                _ => (string[])[name, value],
            });
        }

        return [.. arguments];
    }

    private static string Value(Random random)
    {
        var text = random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : Values[random.Next(Values.Length)];

        // No argument of a process can hold a zero.
        return (random.Next(3) == 0 ? Mutate(random, text) : text).Replace("\0", "", StringComparison.Ordinal);
    }

    private static void AssertReadOrRefused(ParseResult parsed) => Assert.All(parsed.Errors, error => Assert.NotEmpty(error.Message));

    /// <summary>A piece of a name, changed or not, repeated or not, or characters from all of Unicode.</summary>
    private static string Query(Random random, List<string> names)
    {
        string text;
        switch (random.Next(4))
        {
            case 0:
                text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Strange[random.Next(Strange.Length)]));
                break;
            case 1:
                text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(0x110000)).Where(Rune.IsValid).Select(character => new Rune(character).ToString()));
                break;
            default:
                var name = names[random.Next(names.Count)];
                var start = random.Next(name.Length + 1);
                text = name.Substring(start, Math.Min(random.Next(1, 16), name.Length - start));
                break;
        }

        text = random.Next(4) switch
        {
            0 => Mutate(random, text),
            1 => string.Concat(Enumerable.Repeat(text, random.Next(1, 30))),
            2 => text + Strange[random.Next(Strange.Length)],
            _ => text,
        };
        return text[..Math.Min(text.Length, SearchLimits.MaxTextLength)];
    }

    private static string Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 500)];
        random.NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
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

    private sealed class Body(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader { get; } = reader;
    }

    private sealed class NoCompression : IResponseCompressionProvider
    {
        public bool CheckRequestAcceptsCompression(HttpContext context) => false;

        public ICompressionProvider? GetCompressionProvider(HttpContext context) => null;

        public bool ShouldCompressResponse(HttpContext context) => false;
    }
}
