using System.CommandLine;
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

namespace MusicMetadata.Tests.Fuzz;

/// <summary>
/// Mutated and random input for every parser of ours, for searches, and for the server over its socket. METADATA_API_FUZZ_CASES says how
/// many cases, METADATA_API_FUZZ_SEED repeats a run; <c>scripts/fuzz</c> does a million.
/// </summary>
public class FuzzTests
{
    private static readonly int Cases = Seeded.Number("METADATA_API_FUZZ_CASES", 20_000);

    [Fact]
    public void No_parser_does_anything_but_read_or_refuse()
    {
        var random = Seeded.Random();
        var proxies = NetworkList.Parse("10.0.0.0/8");
        for (var i = 0; i < Cases; i++)
        {
            var text = FuzzInput.Mutate(random, FuzzInput.Texts[random.Next(FuzzInput.Texts.Length)]);
            try
            {
                _ = ClientAddress.Resolve(IPAddress.Loopback, text, isForwarded: i % 2 == 0, proxies);
                _ = ClientAddress.Resolve(IPAddress.Parse("10.0.0.1"), text, isForwarded: i % 2 == 0, proxies);
                Assert.All(Escape.NonPrintable(text), character => Assert.InRange(character, ' ', '~'));
                var canonical = Isrc.Canonical(text);
                Assert.Equal(canonical, Isrc.Canonical(canonical));
                _ = NameFolding.Fold(text);
                Refusable(() => NetworkList.Parse(text));
                Refusable(() => ListenAddress.Parse(text));
                Refusable(() => OriginList.Parse(text));
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seeded.Seed}, case {i}, text {Escape.NonPrintable(text)}: {e}");
            }
        }
    }

    [Fact]
    public void No_command_line_does_anything_but_be_read_or_refused()
    {
        var random = Seeded.Random();
        var root = CommandLine.Create();
        Command[] commands = [root, .. root.Subcommands.Where(command => command.Options.Count > 0)];
        for (var i = 0; i < Cases / 10; i++)
        {
            var command = i % 2 == 0 ? root : commands[random.Next(commands.Length)];
            var arguments = FuzzInput.Arguments(random, command);
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
                    _ = server.Read(parsed);
                    _ = store.Read(parsed);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seeded.Seed}, case {i}, {command.Name} {Escape.NonPrintable(string.Join(" | ", arguments))}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_text_finds_anything_else_with_the_index_than_without()
    {
        var random = Seeded.Random();
        using var folder = new TemporaryFolder();
        await using var catalog = await SearchCatalog.OpenAsync(AwkwardCatalog.AddTo(folder));
        for (var i = 0; i < Cases / 20; i++)
        {
            var entity = (Entity)random.Next(3);
            var text = FuzzInput.Query(random, catalog.Names[entity]);
            var limit = random.Next(1, SearchLimits.MaxLimit + 1);
            try
            {
                var (indexed, scanned) = await catalog.AskAsync(entity, text, limit);
                Assert.Equal(scanned, indexed);
            }
            catch (Exception e)
            {
                Assert.Fail(
                    $"seed {Seeded.Seed}, case {i}, {entity}, limit {limit}, text "
                        + $"{string.Join(' ', text.Select(unit => $"{(int)unit:X4}"))}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_batch_is_anything_but_read_or_refused()
    {
        var random = Seeded.Random();
        for (var i = 0; i < Cases; i++)
        {
            var body = Encoding.Latin1.GetBytes(FuzzInput.Mutate(random, FuzzInput.Bodies[random.Next(FuzzInput.Bodies.Length)]));

            // Pieces of a few bytes, so that a text or a character is in two of them.
            var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 1, pauseWriterThreshold: 0));
            _ = await pipe.Writer.WriteAsync(body);
            await pipe.Writer.CompleteAsync();
            var context = new DefaultHttpContext();
            context.Features.Set<IRequestBodyPipeFeature>(new Body(pipe.Reader));
            try
            {
                var batch = await BatchRequest.ReadAsync(context.Request);
                Assert.InRange(batch.Items, 1, BatchRequest.MaxItems);
                string[][] lists = [batch.Tracks ?? [], batch.Artists ?? [], batch.Albums ?? [], batch.Isrcs ?? [], batch.Upcs ?? []];
                Assert.All<string?>(lists.SelectMany(list => list), Assert.NotNull);
            }
            catch (ClientException e)
            {
                Assert.NotEmpty(e.Message);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seeded.Seed}, case {i}, body {Escape.NonPrintable(Encoding.Latin1.GetString(body))}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_tag_but_the_right_one_is_answered_with_304()
    {
        var random = Seeded.Random();
        using var folder = new TemporaryFolder();
        var store = SqliteCatalog.Open(new StoreOptions { Database = folder.AddConformanceCatalog() });
        using var catalog = new ServedCatalog(new OpenCatalog(
            store, new CatalogSearch(new SearchOptions { IndexPath = null, Connections = 1 }, store.IndexIdentity)));
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
            var value = FuzzInput.Mutate(random, values[random.Next(values.Length)]).Trim(' ', '\t');
            try
            {
                var (status, _) = await AskAsync(value);
                Assert.True(
                    status == StatusCodes.Status200OK
                        || (status == StatusCodes.Status304NotModified && value.Contains(tag, StringComparison.Ordinal)),
                    $"status {status}");
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seeded.Seed}, case {i}, If-None-Match {Escape.NonPrintable(value)}: {e}");
            }
        }
    }

    [Fact]
    public async Task No_bytes_over_the_socket_end_the_server_or_get_a_500()
    {
        var random = Seeded.Random();
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.AddConformanceCatalog(), "-trusted-proxies", "127.0.0.1");
        var cases = Math.Max(500, Cases / 20);
        Assert.StartsWith(
            "HTTP/1.1 400",
            await RawHttp.SendAsync(
                server.Address,
                "POST /batch/lookup HTTP/1.1\r\nHost: t\r\nConnection: close\r\nTransfer-Encoding: "
                    + "chunked\r\n\r\n9CCCCCCCCCCCCCCCCCCCCCCCC\r\n"),
            StringComparison.Ordinal);
        for (var i = 0; i < cases; i++)
        {
            // Each fourth has a head of noise, or nothing but noise.
            var request = (i % 4 == 0 ? FuzzInput.Noise(random) : "")
                + (i % 8 == 0 ? "" : FuzzInput.Mutate(random, FuzzInput.Requests[random.Next(FuzzInput.Requests.Length)]));
            var bytes = Encoding.Latin1.GetBytes(request);
            var answer = await ExchangeAsync(server.Address, bytes);
            Assert.False(
                answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal),
                $"seed {Seeded.Seed}, case {i}: {Escape.NonPrintable(request)}\n{answer}");
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/readyz")).StatusCode);
        Assert.False(server.Log.Contains(" fail: ", StringComparison.Ordinal), $"seed {Seeded.Seed}: {server.Log}");
    }

    private static void AssertReadOrRefused(ParseResult parsed) => Assert.All(parsed.Errors, error => Assert.NotEmpty(error.Message));

    private static void Refusable(Func<object?> parse)
    {
        try
        {
            _ = parse();
        }
        catch (FormatException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    /// <summary>Sends, says that no more comes, and reads what comes back until the server closes.</summary>
    private static async Task<string> ExchangeAsync(Uri server, byte[] request)
    {
        using var connection = await RawHttp.ConnectAsync(server);
        try
        {
            await connection.SendAsync(request);
            connection.EndSending();
        }
        catch (SocketException)
        {
            // Refused in the middle of what was sent: an answer too.
        }

        return await connection.ReadToEndAsync();
    }

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
