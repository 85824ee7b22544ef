using MusicMetadata.Catalog;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api.Native;

/// <summary>Writes the answer of one batch, part after part, as the client takes it.</summary>
/// <remarks>
/// Ids are looked up in their own order and records read in the order of their keys, which is how they lie in storage. Where readers are
/// idle they share the work: storage that is slow to answer one read answers many at once. A reader is held for a few entries only, so
/// that neither large batches nor slow clients keep single lookups waiting.
/// </remarks>
internal sealed class BatchAnswer(HttpContext context, ServerMetrics metrics, ICatalogStore store, Deadline deadline) : IDisposable
{
    /// <summary>Bytes after which a part is sent.</summary>
    private const int PartLength = 64 * 1024;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<(string Part, string Error)> _errors = [];

    /// <summary>Answers a batch.</summary>
    public async Task WriteAsync(BatchRequest batch)
    {
        using var body = JsonBody.Rent();
        body.Json.Append("{"u8);
        await WriteMapAsync(body, "tracks", Entity.Track, batch.Tracks, FindIdsAsync(Entity.Track), isList: false);
        await WriteMapAsync(body, "artists", Entity.Artist, batch.Artists, FindIdsAsync(Entity.Artist), isList: false);
        await WriteMapAsync(body, "albums", Entity.Album, batch.Albums, FindIdsAsync(Entity.Album), isList: false);
        await WriteMapAsync(body, "isrcs", Entity.Track, batch.Isrcs, FindIsrcsAsync, isList: true);
        await WriteMapAsync(body, "upcs", Entity.Album, batch.Upcs, FindUpcsAsync, isList: true);
        WriteErrors(body);
        body.Json.Append("}"u8);
        await body.SendAsync(context);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Finds the keys of some names; of a name that nothing has, none.</summary>
    private delegate ValueTask Find(ICatalogReader reader, Memory<Entry> entries);

    private static Find FindIdsAsync(Entity entity) => async (reader, entries) =>
    {
        var keys = new CatalogKey[entries.Length];
        await reader.FindAsync(entity, NamesOf(entries), keys);
        for (var i = 0; i < keys.Length; i++)
        {
            entries.Span[i].Keys = keys[i].IsNone ? default : keys.AsMemory(i, 1);
        }
    };

    private static async ValueTask FindIsrcsAsync(ICatalogReader reader, Memory<Entry> entries)
    {
        var tracks = new KeyLists();
        await reader.FindTracksByIsrcInAnyFormAsync(NamesOf(entries), tracks);
        for (var i = 0; i < entries.Length; i++)
        {
            entries.Span[i].Keys = tracks[i];
        }
    }

    /// <summary>Holds a reader like the others, because whoever asks the index must.</summary>
    private async ValueTask FindUpcsAsync(ICatalogReader reader, Memory<Entry> entries)
    {
        var albums = new KeyLists();
        if (!await context.Search().TryFindAlbumsByUpcAsync(NamesOf(entries), albums))
        {
            throw UnavailableException.NoIndex("UPC lookups");
        }

        for (var i = 0; i < entries.Length; i++)
        {
            entries.Span[i].Keys = albums[i];
        }
    }

    private static string[] NamesOf(Memory<Entry> entries)
    {
        var names = new string[entries.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = entries.Span[i].Name;
        }

        return names;
    }

    /// <summary>Writes one map, from the names that were asked for to what was found; no map when nothing was.</summary>
    private async Task WriteMapAsync(JsonBody body, string map, Entity entity, string[]? names, Find find, bool isList)
    {
        if (names is not { Length: > 0 })
        {
            return;
        }

        var isOpen = false;
        try
        {
            var entries = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new Entry { Name = name }).ToArray();
            Func<ICatalogReader, Memory<Entry>, JsonBody?, ValueTask> read =
                (reader, some, part) => LookUpAsync(reader, entity, some, part!);
            if (isList || entries.Length > store.BatchSize)
            {
                await ShareAsync(entries, (reader, some, _) => find(reader, some), encode: null, deliver: null);
                entries = [.. entries.Where(entry => entry.Keys.Length > 0).OrderBy(entry => entry.Keys.Span[0])];
                read = (reader, some, part) => ReadAsync(reader, entity, some, part!);
            }

            await ShareAsync(
                entries,
                read,
                (some, part) => Encode(entity, some, isList, part),
                part =>
                {
                    if (part.Json.Length == 0)
                    {
                        return Task.CompletedTask;
                    }

                    Separate(body, map, ref isOpen);
                    body.Json.Append(part.Json.Written.Span);
                    return body.Json.Length < PartLength ? Task.CompletedTask : body.SendPartAsync(context);
                });
        }
        catch (CatalogException e)
        {
            Problems.Log(context, e);
            _errors.Add((map, e.Message));
        }
        catch (UnavailableException e)
        {
            _errors.Add((map, e.Message));
        }

        body.Json.Append(isOpen ? "}"u8 : ""u8);
    }

    /// <summary>Finds and reads what fits into one go.</summary>
    private async ValueTask LookUpAsync(ICatalogReader reader, Entity entity, Memory<Entry> entries, JsonBody part)
    {
        var keys = new CatalogKey[entries.Length];
        await reader.LookUpTimedAsync(metrics, entity, NamesOf(entries), keys, part.Records);
        for (var i = 0; i < keys.Length; i++)
        {
            entries.Span[i].Keys = keys.AsMemory(i, 1);
        }
    }

    private ValueTask ReadAsync(ICatalogReader reader, Entity entity, Memory<Entry> entries, JsonBody part)
    {
        foreach (var entry in entries.Span)
        {
            part.Hits.AddRange(entry.Keys.Span);
        }

        return reader.ReadTimedAsync(metrics, entity, part.Hits.ToArray(), withAlbums: true, part.Records);
    }

    /// <summary>Writes <c>"name":value</c> for each entry, with commas between them.</summary>
    private static void Encode(Entity entity, Memory<Entry> entries, bool isList, JsonBody part)
    {
        var encoder = new NativeEncoder(part);
        foreach (var entry in entries.Span)
        {
            if (!isList && !encoder.Exists(entity, entry.Keys.Span[0]))
            {
                // There is nothing of this name; or its id is in an index and its row is not there, and the file is damaged.
                continue;
            }

            part.Json.Append(part.Json.Length > 0 ? ","u8 : ""u8);
            part.Json.AppendText(entry.Name);
            part.Json.Append(":"u8);
            if (isList)
            {
                encoder.WriteArray(entity, entry.Keys.Span);
            }
            else
            {
                _ = encoder.TryWrite(entity, entry.Keys.Span[0]);
            }
        }
    }

    /// <summary>Opens a map before its first entry, and separates the others.</summary>
    private static void Separate(JsonBody body, string map, ref bool isOpen)
    {
        if (isOpen)
        {
            body.Json.Append(","u8);
            return;
        }

        body.Json.Append(body.Sent + body.Json.Length > 1 ? ","u8 : ""u8);
        body.Json.AppendText(map);
        body.Json.Append(":{"u8);
        isOpen = true;
    }

    private void WriteErrors(JsonBody body)
    {
        var isOpen = false;
        foreach (var (part, error) in _errors)
        {
            Separate(body, "errors", ref isOpen);
            body.Json.AppendText(part);
            body.Json.Append(":"u8);
            body.Json.AppendText(error);
        }

        body.Json.Append(isOpen ? "}"u8 : ""u8);
    }

    /// <summary>
    /// Calls <paramref name="read"/> for all entries, a few at a time, on one reader and on idle ones as long as there are any; then,
    /// without a reader, <paramref name="encode"/> with what was read and, for one worker at a time, <paramref name="deliver"/>.
    /// </summary>
    private async Task ShareAsync(
        Entry[] entries,
        Func<ICatalogReader, Memory<Entry>, JsonBody?, ValueTask> read,
        Action<Memory<Entry>, JsonBody>? encode,
        Func<JsonBody, Task>? deliver)
    {
        var next = 0;
        var size = store.BatchSize;

        async Task WorkAsync(bool isHelper)
        {
            using var part = deliver is null ? null : JsonBody.Rent();
            while (Volatile.Read(ref next) < entries.Length)
            {
                var reader = isHelper ? store.TryRentIdleReader(deadline) : await store.RentReaderAsync(ReaderPurpose.Lookup, deadline);
                if (reader is null)
                {
                    return;
                }

                Memory<Entry> some;
                using (reader)
                {
                    var start = Interlocked.Add(ref next, size) - size;
                    if (start >= entries.Length)
                    {
                        return;
                    }

                    some = entries.AsMemory(start, Math.Min(size, entries.Length - start));
                    try
                    {
                        await read(reader, some, part);
                    }
                    catch
                    {
                        // No other worker begins anything more; what they have under way is still delivered.
                        Volatile.Write(ref next, entries.Length);
                        throw;
                    }
                }

                if (part is not null)
                {
                    encode!(some, part);
                    await DeliverAsync(part, deliver!);
                }
            }
        }

        var helpers = Math.Min((entries.Length - 1) / size, store.Load.Idle - 1);
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

    /// <summary>A name that was asked for, and the keys of what has it.</summary>
    private struct Entry
    {
        public string Name { get; init; }

        public ReadOnlyMemory<CatalogKey> Keys { get; set; }
    }
}
