using System.CommandLine;
using System.Globalization;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Lists;
using MusicMetadata.Search;

namespace MusicMetadata.Commands;

/// <summary>Finds the tracks of a playlist or a table in the catalog, and writes it again with what was found.</summary>
internal static class MatchCommand
{
    /// <summary>Rows that are matched at once: as many as one request to a server may have.</summary>
    private const int BatchSize = 400;

    private static readonly Notation<Uri?> ServerNotation =
        Notation.Optional(new Notation<Uri>(ReadServer, server => server.OriginalString));

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("list")
        {
            Description = "A CSV table whose first line names its columns (title, artist, album, duration_ms, isrc and others, or as "
                + $"playlist services export them), or an M3U or M3U8 playlist; {ListFile.StandardInput} for standard input.",
        };
        var output = Setting.Create(
            "out", "file", "Where to write; standard output unless given.", null, Notation.OptionalText);
        var format = Setting.Create(
            "format", "format", "How to write: csv, m3u8 or json; same for as the list is.", ListFormat.Same,
            Notation.OneOf(
                "give csv, m3u8, json or same.",
                ("same", ListFormat.Same), ("csv", ListFormat.Csv), ("m3u8", ListFormat.M3u8), ("m3u", ListFormat.M3u8),
                ("json", ListFormat.Json)));
        var server = Setting.Create<Uri?>(
            "server", "url", "Ask this server, such as http://localhost:8080, instead of reading the database.", null, ServerNotation);
        var token = Setting.Create(
            "token-file", "file", "Send the server the bearer token in this file.", null, Notation.OptionalText);
        var store = new StoreSettings();
        var command = new Command(
            "match",
            "Finds each track of a playlist or table in the catalog, and writes the list again with decision, score, id and ISRC. What is "
                + "decided as accept can be relied on; ambiguous and review want a look.") { file, output, format };
        command.Options.Add(store.Database);
        store.AddIndexTo(command);
        command.Options.Add(server);
        command.Options.Add(token);
        command.SetAction((parsed, cancellation) =>
        {
            IListMatcher OpenMatcher() => parsed.Value(server) is { } url
                ? new ServerMatcher(url, parsed.Value(token) is { } path ? ReadToken(path) : null)
                : OpenCatalog(parsed.Value(store.Database), parsed.Value(store.Index), parsed.Value(store.CatalogId));
            return RunAsync(parsed.GetValue(file)!, parsed.Value(output), parsed.Value(format), OpenMatcher, cancellation);
        });
        return command;
    }

    private static CatalogMatcher OpenCatalog(string database, IndexLocation index, CatalogIdentity? catalogId)
    {
        var store = new StoreOptions { Database = database, CatalogId = catalogId };
        return CatalogMatcher.Open(store, new SearchOptions
        {
            IndexPath = index.PathFor(database),
            Connections = store.Readers,
            MmapSize = store.MmapSize,
            BuildCommand = IndexCommand.CommandLine(database, index, catalogId),
        });
    }

    private static async Task<int> RunAsync(
        string path, string? output, ListFormat format, Func<IListMatcher> open, CancellationToken cancellation)
    {
        var result = output is null ? null : new ResultFile(output);
        try
        {
            // Not only the work is told to stop: it may stand still in reading standard input, which nothing ends.
            var told = "";
            var isDone = await StopSignals.RunAsync(
                async token =>
                    told = await Task.Run(() => MatchAsync(path, result, format, open, token), CancellationToken.None).WaitAsync(token),
                "stopped before the list was finished.",
                cancellation);
            if (!isDone)
            {
                return StopSignals.ExitCode;
            }

            result?.Finish();
            if (result is not null || IsShown(output))
            {
                await Console.Error.WriteLineAsync(told);
            }

            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The list cannot be read or written any more: {e.Message}");
        }
        finally
        {
            result?.Dispose();
        }
    }

    private static async Task<string> MatchAsync(
        string path, ResultFile? result, ListFormat format, Func<IListMatcher> open, CancellationToken cancellation)
    {
        var isShown = IsShown(result?.Path);
        var total = isShown && path != ListFile.StandardInput
            ? await ListFile.UseAsync(path, list => Task.FromResult(list.Rows.LongCount()))
            : 0;
        return await ListFile.UseAsync(path, async list =>
        {
            await using var matcher = open();
            using var stage = isShown ? ProgressReport.OnStandardError().Begin("rows", total) : null;
            var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            await using var output = new StreamWriter(result?.Stream ?? Console.OpenStandardOutput(), encoding, bufferSize: 1 << 16);
            return await MatchAsync(list, ListWriter.Create(format, list, output), matcher, stage, cancellation);
        });
    }

    /// <summary>Matches all rows; returns what it came to.</summary>
    private static async Task<string> MatchAsync(
        MatchList list, IListWriter writer, IListMatcher matcher, IWorkStage? stage, CancellationToken cancellation)
    {
        var decisions = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var done = 0L;
        writer.Begin();
        foreach (var rows in list.Rows.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var answers = await matcher.MatchAsync([.. rows.Select(row => row.Item)], cancellation);
            foreach (var (row, answer) in rows.Zip(answers))
            {
                writer.Write(row, answer);
                decisions[answer.Decision] = decisions.GetValueOrDefault(answer.Decision) + 1;
            }

            done += rows.Length;
            stage?.Advance(done);
        }

        writer.End();
        var parts = decisions.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value:N0}"));
        return string.Create(CultureInfo.InvariantCulture, $"Matched {done:N0} rows: {string.Join(", ", parts)}.");
    }

    /// <summary>Whether somebody looks at the progress, and the result does not go to the same terminal.</summary>
    private static bool IsShown(string? output) => !Console.IsErrorRedirected && (output is not null || Console.IsOutputRedirected);

    private static Uri ReadServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme == Uri.UriSchemeHttp && server.Query.Length == 0
            ? server
            : throw new FormatException("give an address that begins with http://, such as http://localhost:8080.");

    private static string ReadToken(string path)
    {
        try
        {
            var token = File.ReadAllText(path).Trim();
            return token.All(character => character is > ' ' and <= '~') ? token : throw new OperatorException($"{path} holds no token.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The token file {path} cannot be read: {e.Message}");
        }
    }
}
