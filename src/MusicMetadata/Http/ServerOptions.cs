using System.Net;
using Microsoft.Net.Http.Headers;
using MusicMetadata.Catalog;

namespace MusicMetadata.Http;

/// <summary>How the HTTP side listens and limits. The defaults of every option of the server stand here.</summary>
internal sealed record ServerOptions
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

    /// <summary>How long requests that are under way may take to finish after the server was told to stop.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether browsers get the explorer at <c>/</c>; without it, everybody gets the index of the routes.</summary>
    public bool Explorer { get; init; } = true;

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

        _ = ListenAddress.Parse(Address);
    }
}

/// <summary>A parsed <see cref="ServerOptions.Address"/>: a socket file, an address, or a port on every address or on this machine's own.</summary>
internal abstract record ListenAddress
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
    public static ListenAddress Parse(string address)
    {
        const string Unix = "unix:";
        if (address.StartsWith(Unix, StringComparison.Ordinal))
        {
            return address.Length > Unix.Length ? new UnixSocket(address[Unix.Length..]) : throw Bad(address);
        }

        var colon = address.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(address.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port))
        {
            throw Bad(address);
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
            : throw Bad(address);
    }

    private static OperatorException Bad(string address) =>
        new($"-addr {address} is no address to listen on. Examples: :8080, 127.0.0.1:8080, [::1]:8080, unix:/run/metadata-api/http.sock");
}
