using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;

namespace MusicMetadata.Server.Web;

/// <summary>
/// A file inside the executable, compressed with gzip when the program was built. It is sent as it lies there: nothing of it is kept on the
/// heap. Gzip only, because browsers offer nothing better over plain HTTP, which is how most home servers are reached.
/// </summary>
internal sealed class StaticAsset
{
    private readonly string _resource;
    private readonly Lazy<string> _hash;

    /// <summary>Names a file; it must exist.</summary>
    /// <param name="resource">Its name among the resources of the executable.</param>
    /// <param name="contentType">What it is once inflated.</param>
    private StaticAsset(string resource, string contentType)
    {
        _resource = resource;
        ContentType = contentType;
        _hash = new(Hash);
    }

    /// <summary>Media type with its charset.</summary>
    public string ContentType { get; }

    /// <summary>The Content-Security-Policy of a page; null for what is not a page.</summary>
    public string? ContentSecurityPolicy { get; init; }

    /// <summary>Values that <c>Vary</c> lists besides <c>Accept-Encoding</c>.</summary>
    public string? Vary { get; init; }

    /// <summary>A file, by its name without folder and <c>.gz</c>; the type follows from its extension.</summary>
    public static StaticAsset Own(string name, string? contentSecurityPolicy = null, string? vary = null) =>
        new(name + ".gz", TypeOf(name)) { ContentSecurityPolicy = contentSecurityPolicy, Vary = vary };

    /// <summary>The media type of a file, by its extension.</summary>
    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".yaml" => "application/yaml",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "text/plain; charset=utf-8",
    };

    /// <summary>
    /// Answers with the file, or 304 when the client has it. Clients keep it but ask each time: its address does not change with the
    /// version of the program.
    /// </summary>
    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        var gzip = AcceptsGzip(context.Request);
        var tag = gzip ? $"\"{_hash.Value}-gzip\"" : $"\"{_hash.Value}\"";
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = Vary is null ? HeaderNames.AcceptEncoding : $"{Vary}, {HeaderNames.AcceptEncoding}";
        if (ContentSecurityPolicy is not null)
        {
            response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            response.Headers["Referrer-Policy"] = "no-referrer";
        }

        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Tag == tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = ContentType;
        await using var resource = Open();
        if (gzip)
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = resource.Length;
            await resource.CopyToAsync(response.Body, context.RequestAborted);
        }
        else
        {
            await using var inflated = new GZipStream(resource, CompressionMode.Decompress);
            await inflated.CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    private static bool AcceptsGzip(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var gzip = accepted.FirstOrDefault(encoding => encoding.Value == "gzip")
            ?? accepted.FirstOrDefault(encoding => encoding.Value == "*");
        return gzip is not null && gzip.Quality != 0;
    }

    private string Hash()
    {
        using var resource = Open();
        var hash = new XxHash3();
        hash.Append(resource);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private Stream Open() =>
        typeof(StaticAsset).Assembly.GetManifestResourceStream(_resource) ?? throw new InvalidOperationException(
            $"The executable has no resource {_resource}.");
}
