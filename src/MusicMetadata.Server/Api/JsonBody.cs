using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Api;

/// <summary>
/// A buffer with a JSON writer on it, borrowed for one answer. Answers are written here first so that the reader is given back before a
/// slow client has taken its bytes, and so that the length is known.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>A buffer that one large answer has grown beyond this many bytes is not kept.</summary>
    private const int LargestKept = 256 * 1024;

    private static readonly ConcurrentBag<JsonBody> Idle = [];

    private readonly ArrayBufferWriter<byte> _buffer = new(8 * 1024);

    private JsonBody() => Json = new Utf8JsonWriter(_buffer, CatalogJson.WriterOptions);

    /// <summary>Writes to the buffer.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Bytes written since the last part, but for what <see cref="Json"/> has not flushed.</summary>
    public int Length => _buffer.WrittenCount;

    /// <summary>Borrows one.</summary>
    public static JsonBody Rent() => Idle.TryTake(out var body) ? body : new JsonBody();

    /// <summary>Bytes sent in earlier parts.</summary>
    public long Sent { get; private set; }

    /// <summary>Everything written since the last part.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Json.Flush();
            return _buffer.WrittenSpan;
        }
    }

    /// <summary>Sends what was written as the next part of an answer, and empties the buffer. The writer goes on where it was.</summary>
    public async Task SendPartAsync(HttpContext context)
    {
        Json.Flush();
        context.Response.ContentType ??= "application/json";
        _ = await context.Response.BodyWriter.WriteAsync(_buffer.WrittenMemory, context.RequestAborted);
        Sent += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    /// <summary>Adds bytes that are JSON already. Not between calls of <see cref="Json"/> that belong together.</summary>
    public void Append(ReadOnlySpan<byte> json) => _buffer.Write(json);

    /// <summary>Sends what was written as the last or only part of an answer. An answer in one part tells its length.</summary>
    public Task SendAsync(HttpContext context)
    {
        Json.Flush();
        if (!context.Response.HasStarted)
        {
            context.Response.ContentLength = _buffer.WrittenCount;
        }

        return SendPartAsync(context);
    }

    /// <summary>Empties the buffer and forgets what the writer was in the middle of.</summary>
    public void Clear()
    {
        Sent = 0;
        _buffer.ResetWrittenCount();
        Json.Reset();
    }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > LargestKept)
        {
            Json.Dispose();
            return;
        }

        Clear();
        Idle.Add(this);
    }
}
