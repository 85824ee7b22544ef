using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary>Writes the answer of <c>POST /match</c>, in the order of the items, as far as they are done.</summary>
/// <remarks>
/// Where readers are idle they share the items. A reader is held for one item only, so that large requests keep no lookup waiting.
/// </remarks>
internal sealed class MatchAnswer(HttpContext context, ServerMetrics metrics, MatchRequest request, Deadline deadline)
{
    /// <summary>What a client is told when matching is not possible.</summary>
    public const string NoIndex = "Matching needs the search index, and there is none that fits the catalog; metadata-api index builds it.";

    /// <summary>Bytes after which a part is sent.</summary>
    private const int PartLength = 64 * 1024;

    private readonly TaskCompletionSource<JsonBody>[] _answers =
        [.. request.Items.Select(_ => new TaskCompletionSource<JsonBody>(TaskCreationOptions.RunContinuationsAsynchronously))];

    private int _next;

    /// <summary>Answers.</summary>
    public async Task WriteAsync()
    {
        var store = context.Catalog();
        var helpers = Math.Max(0, Math.Min(request.Items.Count - 1, store.Load.Idle - 1));
        var workers = new List<Task>(helpers + 1);
        for (var i = 0; i <= helpers; i++)
        {
            var isHelper = i > 0;
            workers.Add(Task.Run(() => WorkAsync(store, isHelper), context.RequestAborted));
        }

        using var body = JsonBody.Rent();
        try
        {
            body.Json.Append("{\"results\":["u8);
            for (var i = 0; i < _answers.Length; i++)
            {
                using var answer = await _answers[i].Task;
                body.Json.Append(i > 0 ? ","u8 : ""u8);
                body.Json.Append(answer.Json.Written.Span);
                if (body.Json.Length >= PartLength)
                {
                    await body.SendPartAsync(context);
                }
            }
        }
        finally
        {
            // Nobody waits for the rest any more when one of them failed.
            Volatile.Write(ref _next, _answers.Length);
            await Task.WhenAll(workers);
        }

        body.Json.Append("]}"u8);
        await body.SendAsync(context);
    }

    /// <summary>Matches an item, and reads the records of the recordings found.</summary>
    /// <returns>The answer; null when there is no index.</returns>
    public static async ValueTask<MatchResult?> MatchAsync(
        HttpContext context, ServerMetrics metrics, ICatalogReader reader, MatchItem item, int limit, Deadline deadline, JsonBody body)
    {
        using var timing = metrics.Time("match");
        var result = await context.Search().MatchAsync(reader, item, limit, deadline);
        if (result is { Matches.Count: > 0 })
        {
            var keys = result.Matches.Select(match => match.Best.Track).ToArray();
            await reader.ReadAsync(Entity.Track, keys, withAlbums: true, body.Records);
        }

        return result;
    }

    private async Task WorkAsync(ICatalogStore store, bool isHelper)
    {
        while (true)
        {
            using var reader = isHelper ? store.TryRentIdleReader(deadline) : await TryRentAsync(store);
            if (reader is null)
            {
                return;
            }

            var index = Interlocked.Increment(ref _next) - 1;
            if (index >= _answers.Length)
            {
                return;
            }

            try
            {
                _answers[index].SetResult(await AnswerAsync(reader, request.Items[index]));
            }
            catch (Exception e)
            {
                _answers[index].SetException(e);
            }
        }
    }

    /// <summary>
    /// Rents a reader for the worker that must go on; what keeps it from that is told to whoever waits for the next answer.
    /// </summary>
    private async ValueTask<ICatalogReader?> TryRentAsync(ICatalogStore store)
    {
        try
        {
            return await store.RentReaderAsync(ReaderPurpose.Lookup, deadline);
        }
        catch (Exception e)
        {
            for (int index; (index = Interlocked.Increment(ref _next) - 1) < _answers.Length;)
            {
                _answers[index].SetException(e);
            }

            return null;
        }
    }

    private async Task<JsonBody> AnswerAsync(ICatalogReader reader, MatchRequest.Entry entry)
    {
        var body = JsonBody.Rent();
        try
        {
            if (entry.Item is null)
            {
                new MatchEncoder(body).WriteError(entry.Reference, entry.Error!);
            }
            else if (await MatchAsync(context, metrics, reader, entry.Item, request.Limit, deadline, body) is { } result)
            {
                new MatchEncoder(body).Write(entry.Reference, result);
            }
            else
            {
                // The index was lost while the request was under way.
                new MatchEncoder(body).WriteError(entry.Reference, NoIndex);
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
