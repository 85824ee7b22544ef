using Microsoft.Extensions.ObjectPool;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Server.Api;

/// <summary>
/// What one answer is made with: the records that were read, and the JSON made of them. Answers are written here first so that
/// the reader is returned before a slow client has taken its bytes, and so that the length is known.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>One whose buffers a large answer has grown beyond this many bytes is not kept.</summary>
    private const int MaxKeptBytes = 256 * 1024;

    /// <summary>
    /// As many are kept as requests are likely to be answered at once; those of a crowd are left to the collector when it has gone.
    /// </summary>
    private static readonly DefaultObjectPool<JsonBody> Pool = new(new Policy(), maximumRetained: 8 * Environment.ProcessorCount);

    /// <summary>What was read.</summary>
    public CatalogRecords Records { get; } = new();

    /// <summary>The one id of a lookup.</summary>
    public string[] Ids { get; } = [""];

    /// <summary>The one key of a lookup.</summary>
    public CatalogKey[] Keys { get; } = [CatalogKey.None];

    /// <summary>The keys that a search found.</summary>
    public List<CatalogKey> Hits { get; } = [];

    /// <summary>Where the JSON of an artist of <see cref="Records"/> stands in <see cref="Json"/>, once it has been written.</summary>
    public List<TextRange> ArtistJson { get; } = [];

    /// <summary>What was written since the last part.</summary>
    public JsonText Json { get; } = new();

    /// <summary>Bytes sent in earlier parts.</summary>
    public long Sent { get; private set; }

    /// <summary>Rents one, which disposing of it returns.</summary>
    public static JsonBody Rent() => Pool.Get();

    /// <summary>Sends what was written as the next part of an answer, and empties the buffer.</summary>
    public async Task SendPartAsync(HttpContext context)
    {
        context.Response.ContentType ??= "application/json";
        _ = await context.Response.BodyWriter.WriteAsync(Json.Written, context.RequestAborted);
        Sent += Json.Length;
        Json.Clear();
    }

    /// <summary>Sends what was written as the last or only part of an answer. An answer in one part tells its length.</summary>
    public Task SendAsync(HttpContext context)
    {
        if (Caching.IsAnyHeldByClient(context))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        if (!context.Response.HasStarted)
        {
            context.Response.ContentLength = Json.Length;
        }

        return SendPartAsync(context);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Sent = 0;
        Ids[0] = "";
        Keys[0] = CatalogKey.None;
        Hits.Clear();
        Records.Clear();
        ArtistJson.Clear();
        Json.Clear();
    }

    /// <summary>Returns it.</summary>
    public void Dispose() => Pool.Return(this);

    private sealed class Policy : PooledObjectPolicy<JsonBody>
    {
        public override JsonBody Create() => new();

        public override bool Return(JsonBody body)
        {
            body.Clear();
            return body.Json.Capacity + body.Records.Capacity <= MaxKeptBytes;
        }
    }
}
