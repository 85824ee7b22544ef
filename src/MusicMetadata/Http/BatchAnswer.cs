using System.Text.Json;
using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary>Writes the answer of one batch, part after part, as the client takes it.</summary>
/// <remarks>
/// A reader is held for one part only, so that many or slow batches cannot keep single lookups waiting. Within a kind, things are read in
/// the order of their rowids, which is their order in the file.
/// </remarks>
internal sealed class BatchAnswer(HttpContext context, ICatalogStore store)
{
    /// <summary>Bytes after which a part is sent and the reader given back.</summary>
    private const int PartLength = 64 * 1024;

    private readonly List<(string Part, CatalogException Error)> _errors = [];

    /// <summary>Answers a batch.</summary>
    public async Task WriteAsync(BatchRequest batch)
    {
        using var body = JsonBody.Rent();
        body.Json.WriteStartObject();
        await WriteEntitiesAsync(body, "tracks", Entity.Track, batch.Tracks);
        await WriteEntitiesAsync(body, "artists", Entity.Artist, batch.Artists);
        await WriteEntitiesAsync(body, "albums", Entity.Album, batch.Albums);
        await WriteIsrcsAsync(body, batch.Isrcs);
        if (_errors.Count > 0)
        {
            body.Json.WriteStartObject("errors");
            foreach (var (part, error) in _errors)
            {
                Problems.Log(context, error);
                body.Json.WriteString(part, error.Message);
            }

            body.Json.WriteEndObject();
        }

        body.Json.WriteEndObject();
        await body.SendAsync(context);
    }

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

    private Task WriteIsrcsAsync(JsonBody body, string[]? isrcs) =>
        WriteMapAsync(
            body,
            "isrcs",
            isrcs,
            (reader, isrc, rowids) => reader.FindTracksByIsrcInAnyForm(isrc, rowids),
            (reader, json, rowids) =>
            {
                json.WriteStartArray();
                foreach (var rowid in rowids)
                {
                    _ = reader.WriteTrack(json, rowid, withAlbum: true);
                }

                json.WriteEndArray();
            });

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

        using var entry = JsonBody.Rent();
        var open = false;
        try
        {
            var found = await FindAsync(keys, find);
            for (var next = 0; next < found.Count;)
            {
                using (var reader = await store.RentAsync(ReaderWork.Lookup, context.RequestAborted))
                {
                    for (; next < found.Count && body.Written.Length < PartLength; next++)
                    {
                        // Aside first: should reading fail half-way, the answer goes on without this entry.
                        entry.Clear();
                        write(reader, entry.Json, found[next].Rowids);
                        if (!open)
                        {
                            body.Json.WriteStartObject(name);
                            open = true;
                        }

                        body.Json.WritePropertyName(found[next].Key);
                        body.Json.WriteRawValue(entry.Written, skipInputValidation: true);
                    }
                }

                if (next < found.Count)
                {
                    await body.SendPartAsync(context);
                }
            }
        }
        catch (CatalogException e)
        {
            _errors.Add((name, e));
        }

        if (open)
        {
            body.Json.WriteEndObject();
        }
    }

    private async Task<List<(string Key, List<long> Rowids)>> FindAsync(string[] keys, Action<ICatalogReader, string, List<long>> find)
    {
        var found = new List<(string Key, List<long> Rowids)>();
        using var reader = await store.RentAsync(ReaderWork.Lookup, context.RequestAborted);
        foreach (var key in keys.ToHashSet(StringComparer.Ordinal))
        {
            var rowids = new List<long>(1);
            find(reader, key, rowids);
            if (rowids.Count > 0)
            {
                found.Add((key, rowids));
            }
        }

        found.Sort(static (a, b) => a.Rowids[0].CompareTo(b.Rowids[0]));
        return found;
    }
}
