using Microsoft.Net.Http.Headers;
using MusicMetadata.Server.Access;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Server;

/// <summary>How the HTTP side listens and limits. The defaults of every option of the server stand here.</summary>
public sealed record ServerOptions
{
    /// <summary>Where to listen.</summary>
    public ListenAddress Address { get; init; } = new ListenAddress.Anywhere(8080);

    /// <summary>Requests a second that one client address may make for long; 0 for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int RateLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
    = 100;

    /// <summary>Requests that one client address may make at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int RateBurst
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 200;

    /// <summary>
    /// <c>Cache-Control</c> of answers to lookups and searches; empty for none. An hour: the files change a few times a year, and a client
    /// that must not miss it can ask again with <c>If-None-Match</c>, which costs next to nothing.
    /// </summary>
    /// <exception cref="ArgumentException">It is no value of that header.</exception>
    public string CacheControl
    {
        get;
        init
        {
            if (!IsCacheControl(value))
            {
                throw new ArgumentException("No value of Cache-Control.", nameof(value));
            }

            field = value;
        }
    }
    = "public, max-age=3600";

    /// <summary>Networks whose requests are not limited.</summary>
    public NetworkList RateLimitExempt { get; init; } = NetworkList.Empty;

    /// <summary>Networks of proxies that are believed when they say who the client is.</summary>
    public NetworkList TrustedProxies { get; init; } = NetworkList.Empty;

    /// <summary>The header in which trusted proxies say it.</summary>
    public ForwardedHeader ForwardedHeader { get; init; } = ForwardedHeader.XForwardedFor;

    /// <summary>Where <c>/metrics</c> is served; null to serve it on <see cref="Address"/>.</summary>
    public ListenAddress? MetricsAddress { get; init; }

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How it is logged.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>Whether each request is logged.</summary>
    public bool AccessLog { get; init; }

    /// <summary>
    /// Connections that may be open at once; further ones are closed at once. 0 for as many as there are descriptors for.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
    = 20_000;

    /// <summary>
    /// <see cref="MaxConnections"/>, or fewer where the process may not have as many descriptors: some are left for files, because a server
    /// that has none to spare cannot even read them anew. Kestrel counts for each address apart.
    /// </summary>
    public long EffectiveMaxConnections
    {
        get
        {
            if (DescriptorLimit.Current is not { } limit)
            {
                return MaxConnections;
            }

            var possible = Math.Max(16, (limit - FileDescriptors) / (Endpoints(Address) + Endpoints(MetricsAddress)));
            return MaxConnections == 0 ? possible : Math.Min(MaxConnections, possible);
        }
    }

    /// <summary>Descriptors that connections must leave for files; the store's options tell.</summary>
    public int FileDescriptors { get; init; }

    /// <summary>
    /// How long one request may take, from its head to the last byte of its answer. Then a batch ends, and a connection whose request
    /// cannot end, because storage does not answer, is closed.
    /// </summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one lookup or search may take, the wait for a reader included, before it is answered with 408 or 503.</summary>
    public TimeSpan QueryTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who may read from a web page of another origin.</summary>
    public OriginList Cors { get; init; } = OriginList.Any;

    /// <summary>A file with a token that clients must send as <c>Authorization: Bearer</c>; null to serve anyone.</summary>
    public string? AuthTokenFile { get; init; }

    /// <summary>
    /// <see cref="CacheControl"/>, but <c>private</c> when a token is wanted: a shared cache would hand answers to those without it.
    /// </summary>
    public string EffectiveCacheControl
    {
        get
        {
            if (AuthTokenFile is null || !CacheControlHeaderValue.TryParse(CacheControl, out var value))
            {
                return CacheControl;
            }

            (value.Public, value.Private, value.SharedMaxAge) = (false, true, null);
            return value.ToString();
        }
    }

    /// <summary>How long requests that are under way may take to finish after the server was told to stop.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether browsers get the explorer at <c>/</c>; without it, everybody gets the index of the routes.</summary>
    public bool Explorer { get; init; } = true;

    /// <summary>Whether there are routes that answer as Spotify's Web API does, below <c>/v1</c>.</summary>
    public bool Spotify { get; init; } = true;

    /// <summary>
    /// How clients call the server, for the addresses in its answers: scheme, host and maybe a path. Null for what each request says.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whether a text can be a <see cref="CacheControl"/>.</summary>
    public static bool IsCacheControl(string text) => text.Length == 0 || CacheControlHeaderValue.TryParse(text, out _);

    private static int Endpoints(ListenAddress? address) => address switch
    {
        null => 0,
        ListenAddress.Localhost => 2,
        _ => 1,
    };
}

/// <summary>A header in which proxies say who asked them.</summary>
public enum ForwardedHeader
{
    /// <summary><c>X-Forwarded-For</c>.</summary>
    XForwardedFor,

    /// <summary><c>Forwarded</c> (RFC 7239).</summary>
    Forwarded,
}

/// <summary>How an event is logged: in one line either way.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,
}
