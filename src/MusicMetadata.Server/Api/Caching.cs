using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace MusicMetadata.Server.Api;

/// <summary>
/// Lets clients and proxies keep answers, and answers a client that still has one without touching the catalog.
/// </summary>
/// <remarks>
/// While a file is served it never changes, so what a request will be answered follows from the files, the way answers look, and the
/// request itself. The entity tag is a hash of those three and is known before anything is read. A client can only hold the tag of an
/// answer with status 200, because only those carry one.
/// </remarks>
/// <param name="cacheControl">The <c>Cache-Control</c> header (RFC 9111) of every cacheable answer; empty for none.</param>
/// <param name="compression">Decides on the content coding, which is part of what a strong tag names.</param>
internal sealed class Caching(string cacheControl, IResponseCompressionProvider compression)
{
    /// <summary>Another version of this program may write the same data in another way, and clients must not keep the old form.</summary>
    private static readonly long VersionHash = (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(ProductVersion.Number.AsSpan()));

    /// <summary>Surrounds a route whose answer follows from its address.</summary>
    /// <param name="handler">Answers.</param>
    /// <param name="origin">What else it follows from: the scheme and host by which the server is called; null for nothing.</param>
    public RequestDelegate Cached(RequestDelegate handler, Func<HttpContext, string>? origin = null) => context =>
    {
        var response = context.Response.Headers;
        var tag = Tag(context, origin?.Invoke(context));
        var unchanged = IsHeldByClient(context.Request.Headers.IfNoneMatch.ToString(), tag);
        response.ETag = tag;
        response.Vary = HeaderNames.AcceptEncoding;
        if (cacheControl.Length > 0)
        {
            response.CacheControl = cacheControl;
        }

        if (!unchanged)
        {
            return handler(context);
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    };

    private string Tag(HttpContext context, string? origin)
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(context.Catalog().Identity.Value.AsSpan()), VersionHash);
        hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(context.Request.Path.Value.AsSpan()), (long)hash);
        hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(context.Request.QueryString.Value.AsSpan()), (long)hash);
        if (origin is not null)
        {
            hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(origin.AsSpan()), (long)hash);
        }

        if (compression.CheckRequestAcceptsCompression(context) && compression.GetCompressionProvider(context) is { } coding)
        {
            hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(coding.EncodingName.AsSpan()), (long)hash);
        }

        return string.Create(CultureInfo.InvariantCulture, $"\"{hash:x16}\"");
    }

    /// <summary>
    /// Whether a client wants no answer because something exists at the address, whatever it is: <c>If-None-Match: *</c> (RFC 9110,
    /// 13.1.2). Known only after reading, so whoever sends a cacheable answer asks.
    /// </summary>
    public static bool IsAnyHeldByClient(HttpContext context) =>
        context.Request.Headers.IfNoneMatch is ["*"] && context.Response.Headers.ETag.Count > 0;

    /// <summary>Whether <c>If-None-Match</c> names a tag.</summary>
    private static bool IsHeldByClient(string header, string tag)
    {
        if (header.Length == 0)
        {
            return false;
        }

        return header == tag
            || (EntityTagHeaderValue.TryParseList([header], out var held)
                && held.Any(one => one.Tag.Equals(tag, StringComparison.Ordinal)));
    }
}
