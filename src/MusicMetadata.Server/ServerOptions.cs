using System.Net;
using Microsoft.Net.Http.Headers;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Access;
using MusicMetadata.Server.Lifetime;
using MusicMetadata.Server.Telemetry;

namespace MusicMetadata.Server;

/// <summary>How the HTTP side listens and limits. The defaults of every option of the server stand here.</summary>
public sealed record ServerOptions
{
    /// <summary>Where to listen: <c>:8080</c>, <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c> or <c>unix:/run/metadata-api.sock</c>.</summary>
    public string Address { get; init; } = ":8080";

    /// <summary>Requests a second that one client address may make for long; 0 for no limit.</summary>
    public int RateLimit { get; init; } = 100;

    /// <summary>Requests that one client address may make at once.</summary>
    public int RateBurst { get; init; } = 200;

    /// <summary>
    /// <c>Cache-Control</c> of answers to lookups and searches; empty for none. An hour: the files change a few times a year, and a client that
    /// must not miss it can ask again with <c>If-None-Match</c>, which costs next to nothing.
    /// </summary>
    public string CacheControl { get; init; } = "public, max-age=3600";

    /// <summary>Networks whose requests are not limited, such as <c>127.0.0.0/8,::1</c>; see <see cref="NetworkList"/>.</summary>
    public string RateLimitExempt { get; init; } = "";

    /// <summary>Networks of proxies that are believed when they say who the client is; see <see cref="NetworkList"/>.</summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>The header in which trusted proxies say it: <c>X-Forwarded-For</c> or <c>Forwarded</c>.</summary>
    public string ForwardedHeader { get; init; } = "X-Forwarded-For";

    /// <summary>Where <c>/metrics</c> is served, in the form of <see cref="Address"/>; empty to serve it on <see cref="Address"/>.</summary>
    public string MetricsAddress { get; init; } = "";

    /// <summary>The least that is logged: <c>debug</c>, <c>info</c>, <c>warn</c> or <c>error</c>.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>How it is logged: <c>text</c> or <c>json</c>, one line an event in both.</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary>Whether each request is logged.</summary>
    public bool AccessLog { get; init; }

    /// <summary>Connections that may be open at once; further ones are closed at once. 0 for as many as there are descriptors for.</summary>
    public long MaxConnections { get; init; } = 20_000;

    /// <summary>
    /// <see cref="MaxConnections"/>, or fewer where the process may not have as many descriptors: some are left for files, because a server that
    /// has none to spare cannot even read them anew. Kestrel counts for each address apart.
    /// </summary>
    public long EffectiveMaxConnections
    {
        get
        {
            if (Descriptors.Most is not { } most)
            {
                return MaxConnections;
            }

            var possible = Math.Max(16, (most - FileDescriptors) / (Endpoints(Address) + Endpoints(MetricsAddress)));
            return MaxConnections == 0 ? possible : Math.Min(MaxConnections, possible);
        }
    }

    /// <summary>Descriptors that connections must leave for files; the store's options tell.</summary>
    public int FileDescriptors { get; init; }

    /// <summary>
    /// How long one request may take, from its head to the last byte of its answer. Then a batch ends, and a connection whose request cannot
    /// end, because storage does not answer, is closed.
    /// </summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one lookup or search may take, the wait for a reader included, before it is answered with 408 or 503.</summary>
    public TimeSpan QueryTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who may read from a web page of another origin: <c>*</c> for anyone, <c>off</c>, or origins with commas between them.</summary>
    public string Cors { get; init; } = "*";

    /// <summary>A file with a token that clients must send as <c>Authorization: Bearer</c>; empty to serve anyone.</summary>
    public string AuthTokenFile { get; init; } = "";

    /// <summary>
    /// <see cref="CacheControl"/>, but <c>private</c> when a token is wanted: a shared cache would hand answers to those without it.
    /// </summary>
    public string EffectiveCacheControl
    {
        get
        {
            if (AuthTokenFile.Length == 0 || !CacheControlHeaderValue.TryParse(CacheControl, out var value))
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

    private static int Endpoints(string address) =>
        address.Length == 0 ? 0 : ListenAddress.Parse(address) is ListenAddress.Localhost ? 2 : 1;

    /// <summary>Finds what no server can run with.</summary>
    /// <exception cref="OperatorException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (RateLimit < 0)
        {
            throw new OperatorException($"-rate-limit is {RateLimit}: give requests a second, or 0 for no limit.");
        }

        if (RateBurst < 1)
        {
            throw new OperatorException($"-rate-burst is {RateBurst}: give at least 1.");
        }

        if (CacheControl.Length > 0 && !CacheControlHeaderValue.TryParse(CacheControl, out _))
        {
            throw new OperatorException($"-cache-control is '{CacheControl}': give a header's value such as 'public, max-age=3600', or '' for none.");
        }

        if (MaxConnections < 0)
        {
            throw new OperatorException($"-max-connections is {MaxConnections}: give a number, or 0 for no limit.");
        }

        if (RequestTime < TimeSpan.FromSeconds(1) || RequestTime > TimeSpan.FromHours(1))
        {
            throw new OperatorException($"-request-time is {RequestTime.TotalSeconds}: give seconds, from 1 to 3600.");
        }

        _ = ListenAddress.Parse(Address);
        if (MetricsAddress.Length > 0)
        {
            _ = ListenAddress.Parse(MetricsAddress, "metrics-addr");
        }

        _ = NetworkList.Parse("trusted-proxies", TrustedProxies);
        _ = NetworkList.Parse("rate-limit-exempt", RateLimitExempt);
        if (!ForwardedHeader.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase) && !ForwardedHeader.Equals("Forwarded", StringComparison.OrdinalIgnoreCase))
        {
            throw new OperatorException($"-forwarded-header is {ForwardedHeader}: give X-Forwarded-For or Forwarded, whichever the proxy writes.");
        }

        _ = ServerLog.ParseLevel(LogLevel);
        if (LogFormat is not ("text" or "json"))
        {
            throw new OperatorException($"-log-format is {LogFormat}: give text or json.");
        }

        _ = CrossOrigin.Parse(Cors);
    }
}

/// <summary>A parsed <see cref="ServerOptions.Address"/>: a socket file, an address, or a port on every address or on this machine's own.</summary>
public abstract record ListenAddress
{
    private ListenAddress()
    {
    }

    /// <summary>A Unix domain socket.</summary>
    public sealed record UnixSocket(string Path) : ListenAddress;

    /// <summary>One address and port.</summary>
    public sealed record At(IPEndPoint EndPoint) : ListenAddress;

    /// <summary>A port on all addresses, IPv4 and IPv6.</summary>
    public sealed record Anywhere(int Port) : ListenAddress;

    /// <summary>A port on both loopback addresses.</summary>
    public sealed record Localhost(int Port) : ListenAddress;

    /// <summary>Reads an address as Go programs write it.</summary>
    /// <exception cref="OperatorException">It is none.</exception>
    /// <param name="address">The text.</param>
    /// <param name="option">The option it was given with, for the message.</param>
    public static ListenAddress Parse(string address, string option = "addr")
    {
        const string Unix = "unix:";
        if (address.StartsWith(Unix, StringComparison.Ordinal))
        {
            return address.Length > Unix.Length ? CheckLength(new UnixSocket(address[Unix.Length..]), option) : throw Bad(address, option);
        }

        var colon = address.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(address.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port))
        {
            throw Bad(address, option);
        }

        var host = address[..colon];
        if (host.Length == 0 || host == "*")
        {
            return new Anywhere(port);
        }

        if (host == "localhost")
        {
            return new Localhost(port);
        }

        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        return IPAddress.TryParse(bracketed ? host[1..^1] : host, out var ip) && bracketed == (ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            ? new At(new IPEndPoint(ip, port))
            : throw Bad(address, option);
    }

    /// <summary>Every system has its own limit, some hundred bytes, which only the framework knows.</summary>
    private static UnixSocket CheckLength(UnixSocket socket, string option)
    {
        try
        {
            _ = new System.Net.Sockets.UnixDomainSocketEndPoint(System.IO.Path.GetFullPath(socket.Path));
            return socket;
        }
        catch (ArgumentException)
        {
            throw new OperatorException($"-{option} unix:{socket.Path} is longer than the path of a socket can be on this system. Name a shorter one.");
        }
    }

    private static OperatorException Bad(string address, string option) =>
        new($"-{option} {address} is no address to listen on. Examples: :8080, 127.0.0.1:8080, [::1]:8080, unix:/run/metadata-api/http.sock");
}
