using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server.Api;

/// <summary>What a client did wrong; answered with its status and message.</summary>
/// <param name="status">A status from 400 to 499.</param>
/// <param name="message">A sentence for the client that says what is expected.</param>
internal sealed class ClientException(int status, string message) : Exception(message)
{
    /// <summary>The status code to answer with.</summary>
    public int Status { get; } = status;
}

/// <summary>
/// Answers every error, and every status without a body, as <c>application/problem+json</c> (RFC 9457). The only place that maps
/// exceptions to status codes.
/// </summary>
internal static partial class Problems
{
    /// <summary>One for each <see cref="CatalogFault"/>, so that none hides another.</summary>
    private static readonly LogThrottle[] Throttles = [.. Enum.GetValues<CatalogFault>().Select(_ => new LogThrottle())];

    /// <summary>Adds the handlers; the first of the pipeline, so that it sees what all others throw.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.Use(next => context => HandleAsync(context, next));
    }

    private static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await WriteAsync(context, context.Response.StatusCode, DefaultDetail(context));
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the server stops waiting for it; there is nobody to answer. Said again, so that
            // Kestrel does not look for the rest of its body.
            context.Abort();
        }
        catch (ConnectionResetException)
        {
            context.Abort();
        }
        catch (UnavailableException e)
        {
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (Exception e)
        {
            var (status, detail) = Map(e);
            if (status >= 500)
            {
                Log(context, e);
            }

            if (context.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                context.Abort();
                return;
            }

            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            await WriteAsync(context, status, detail);
        }
    }

    /// <summary>The status and the message that is safe to show for what was thrown.</summary>
    private static (int Status, string Detail) Map(Exception e) => e switch
    {
        ClientException client => (client.Status, client.Message),
        BadHttpRequestException bad => (bad.StatusCode, "The request could not be read."),
        CatalogException { Fault: CatalogFault.TookTooLong } slow => (StatusCodes.Status408RequestTimeout, slow.Message),
        CatalogException { Fault: CatalogFault.Busy } busy => (StatusCodes.Status503ServiceUnavailable, busy.Message),
        CatalogException { Fault: CatalogFault.Unreadable } unreadable => (StatusCodes.Status503ServiceUnavailable, unreadable.Message),
        _ => (StatusCodes.Status500InternalServerError, "Something went wrong in the server; its log says more."),
    };

    /// <summary>
    /// Answers with a problem document. Called directly where a refusal is as common as an answer: an exception costs more than a lookup.
    /// </summary>
    public static Task WriteAsync(HttpContext context, int status, string detail)
    {
        // What was promised about the answer does not hold for an error.
        context.Response.Headers.ETag = default;
        context.Response.Headers.CacheControl = default;
        context.Response.ContentLength = null;
        context.Response.StatusCode = status;
        if (context.Features.Get<IErrorForm>() is { } form)
        {
            return form.WriteAsync(context, status, detail);
        }

        var problem = new Problem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail);
        return context.Response.WriteAsJsonAsync(problem, ProblemsJsonContext.Default.Problem, "application/problem+json");
    }

    /// <summary>
    /// Answers that all readers are busy: under a load that is too high the most common answer, and logged like an exception.
    /// </summary>
    public static Task WriteBusyAsync(HttpContext context)
    {
        LogFault(context, CatalogFault.Busy, CatalogException.BusyMessage);
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, CatalogException.BusyMessage);
    }

    private static string DefaultDetail(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is no such address. /docs lists the ones there are.",
        StatusCodes.Status405MethodNotAllowed => $"This address answers {context.Response.Headers.Allow} only.",
        _ => ReasonPhrases.GetReasonPhrase(context.Response.StatusCode),
    };

    /// <summary>
    /// Logs what a request met that was not its client's fault; of what the catalog met, a line a second for each kind at most.
    /// </summary>
    public static void Log(HttpContext context, Exception e)
    {
        if (e is CatalogException catalog)
        {
            LogFault(context, catalog.Fault, catalog.Detail);
        }
        else
        {
            LogUnexpected(LogOf(context), e);
        }
    }

    private static void LogFault(HttpContext context, CatalogFault fault, string detail)
    {
        if (Throttles[(int)fault].TryAcquire(out var more))
        {
            var log = LogOf(context);
            LogCatalog(log, fault == CatalogFault.Busy ? LogLevel.Warning : LogLevel.Error, detail, more);
        }
    }

    private static ILogger LogOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems).Namespace!);

    [LoggerMessage(EventId = 33, Message = "The catalog could not answer: {Detail} ({More} more requests failed since the last such line)")]
    private static partial void LogCatalog(ILogger log, LogLevel level, string detail, int more);

    [LoggerMessage(EventId = 34, Level = LogLevel.Error, Message = "A request failed for a reason nobody foresaw")]
    private static partial void LogUnexpected(ILogger log, Exception e);
}

/// <summary>The form of errors on the addresses of a surface that has one of its own: a feature of its requests.</summary>
internal interface IErrorForm
{
    /// <summary>Answers a request whose answer has not begun.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status, which the answer has already.</param>
    /// <param name="detail">A sentence for the client.</param>
    Task WriteAsync(HttpContext context, int status, string detail);
}

/// <summary>
/// The fields of a problem document (RFC 9457, 3.1). Not the framework's <c>ProblemDetails</c>, whose extension fields may be of any type:
/// they make the executable larger and are never used.
/// </summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail);

/// <summary>Serializers generated at compile time; reflection does not survive trimming.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemsJsonContext : JsonSerializerContext;
