using System.Text.Json;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Api.Native;

/// <summary>Writes the answer of one batch, part after part, as the client takes it.</summary>
/// <remarks>
/// Ids are looked up in their own order and rows read in the order of their rowids, which is how they lie in the file. Where readers are
/// idle they share the work: storage that is slow to answer one read answers many at once. A reader is held for a few entries only, so
/// that neither large batches nor slow clients keep single lookups waiting.
/// </remarks>
internal sealed class BatchAnswer(HttpContext context, ICatalogStore store) : IDisposable
{
    /// <summary>Bytes after which a part is sent.</summary>
    private const int PartLength = 64 * 1024;

    /// <summary>Entries read before the reader is given back: a quarter of a millisecond in memory, a second or two on the slowest disks.</summary>
    private const int EntriesPerRental = 8;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<(string Part, CatalogException Error)> _errors = [];

    /// <summary>Answers a batch.</summary>
    public async Task WriteAsync(BatchRequest batch)
    {
        using var body = JsonBody.Rent();
        body.Append("{"u8);
        await WriteEntitiesAsync(body, "tracks", Entity.Track, batch.Tracks);
        await WriteEntitiesAsync(body, "artists", Entity.Artist, batch.Artists);
        await WriteEntitiesAsync(body, "albums", Entity.Album, batch.Albums);
        await WriteMapAsync(body, "isrcs", batch.Isrcs, static (reader, isrc, rowids) => reader.FindTracksByIsrcInAnyForm(isrc, rowids), WriteTracks);
        WriteErrors(body);
        body.Append("}"u8);
        await body.SendAsync(context);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private Task WriteEntitiesAsync(JsonBody body, string name, Entity entity, string[]? ids) =>
        WriteMapAsync(
            body,
            name,
            ids,
            (reader, id, rowids) =>
            {
                if (reader.TryFind(entity, id, out var rowid))
                {
                    rowids.Add(rowid);
                }
            },
            (reader, json, rowids) => reader.Write(entity, json, rowids[0]));

    private static void WriteTracks(ICatalogReader reader, Utf8JsonWriter json, List<long> rowids)
    {
        json.WriteStartArray();
        foreach (var rowid in rowids)
        {
            _ = reader.WriteTrack(json, rowid, withAlbum: true);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one map, from the keys that were asked for to what was found; no map when nothing was.</summary>
    private async Task WriteMapAsync(
        JsonBody body,
        string name,
        string[]? keys,
        Action<ICatalogReader, string, List<long>> find,
        Action<ICatalogReader, Utf8JsonWriter, List<long>> write)
    {
        if (keys is not { Length: > 0 })
        {
            return;
        }

        var open = false;
        try
        {
            var found = keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => (Key: key, Rowids: new List<long>(1))).ToArray();
            await ShareAsync(found.Length, (reader, i, _) => find(reader, found[i].Key, found[i].Rowids), deliver: null);
            found = [.. found.Where(one => one.Rowids.Count > 0).OrderBy(one => one.Rowids[0])];
            await ShareAsync(
                found.Length,
                (reader, i, part) => AppendEntry(reader, part!, found[i].Key, found[i].Rowids, write),
                part =>
                {
                    Separate(body, name, ref open);
                    body.Append(part.Written);
                    return body.Length < PartLength ? Task.CompletedTask : body.SendPartAsync(context);
                });
        }
        catch (CatalogException e)
        {
            _errors.Add((name, e));
        }

        if (open)
        {
            body.Append("}"u8);
        }
    }

    /// <summary>Adds <c>"key":value</c> to a part, whole or, should reading fail half-way, not at all.</summary>
    private static void AppendEntry(ICatalogReader reader, JsonBody part, string key, List<long> rowids, Action<ICatalogReader, Utf8JsonWriter, List<long>> write)
    {
        using var entry = JsonBody.Rent();
        entry.Json.WriteStartObject();
        entry.Json.WritePropertyName(key);
        write(reader, entry.Json, rowids);
        if (part.Length > 0)
        {
            part.Append(","u8);
        }

        // All but the brace that opened the object.
        part.Append(entry.Written[1..]);
    }

    private static void Separate(JsonBody body, string name, ref bool open)
    {
        if (open)
        {
            body.Append(","u8);
            return;
        }

        if (body.Sent + body.Length > 1)
        {
            body.Append(","u8);
        }

        using var head = JsonBody.Rent();
        head.Json.WriteStartObject();
        head.Json.WriteStartObject(name);
        body.Append(head.Written[1..]);
        open = true;
    }

    private void WriteErrors(JsonBody body)
    {
        var open = false;
        foreach (var (part, error) in _errors)
        {
            Problems.Log(context, error);
            Separate(body, "errors", ref open);
            using var entry = JsonBody.Rent();
            entry.Json.WriteStartObject();
            entry.Json.WriteString(part, error.Message);
            body.Append(entry.Written[1..]);
        }

        if (open)
        {
            body.Append("}"u8);
        }
    }

    /// <summary>
    /// Calls <paramref name="read"/> for every index below <paramref name="count"/>, on one reader and on idle ones as long as there are any, and
    /// <paramref name="deliver"/> with what a few of them have written, for one worker at a time and without a reader.
    /// </summary>
    private async Task ShareAsync(int count, Action<ICatalogReader, int, JsonBody?> read, Func<JsonBody, Task>? deliver)
    {
        var next = 0;

        async Task WorkAsync(bool isHelper)
        {
            using var part = deliver is null ? null : JsonBody.Rent();
            while (Volatile.Read(ref next) < count)
            {
                var reader = isHelper
                    ? store.TryRentIdle(context.RequestAborted)
                    : await store.RentAsync(ReaderWork.Lookup, context.RequestAborted);
                if (reader is null)
                {
                    return;
                }

                try
                {
                    var start = Interlocked.Add(ref next, EntriesPerRental) - EntriesPerRental;
                    for (var i = start; i < Math.Min(start + EntriesPerRental, count); i++)
                    {
                        read(reader, i, part);
                    }
                }
                catch
                {
                    // No other worker begins anything more; what this one has finished is still delivered.
                    Volatile.Write(ref next, count);
                    throw;
                }
                finally
                {
                    reader.Dispose();
                    if (part is { Length: > 0 })
                    {
                        await DeliverAsync(part, deliver!);
                    }
                }
            }
        }

        var helpers = Math.Min((count - 1) / EntriesPerRental, store.IdleReaders - 1);
        var workers = new List<Task>(Math.Max(0, helpers) + 1);
        for (var i = 0; i < helpers; i++)
        {
            workers.Add(Task.Run(() => WorkAsync(isHelper: true), context.RequestAborted));
        }

        workers.Add(WorkAsync(isHelper: false));
        await Task.WhenAll(workers);
    }

    private async Task DeliverAsync(JsonBody part, Func<JsonBody, Task> deliver)
    {
        await _gate.WaitAsync(context.RequestAborted);
        try
        {
            await deliver(part);
            part.Clear();
        }
        finally
        {
            _ = _gate.Release();
        }
    }
}
