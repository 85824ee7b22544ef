using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MusicMetadata.Server;

/// <summary>Where to listen: a socket file, an address, or a port on every address or on this machine's own.</summary>
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
    /// <param name="address">
    /// Such as <c>:8080</c>, <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c> or <c>unix:/run/metadata-api.sock</c>.
    /// </param>
    /// <exception cref="FormatException">It is none; the message says what to give.</exception>
    public static ListenAddress Parse(string address)
    {
        const string Unix = "unix:";
        if (address.StartsWith(Unix, StringComparison.Ordinal))
        {
            return address.Length > Unix.Length ? CheckLength(new UnixSocket(address[Unix.Length..])) : throw Bad();
        }

        var colon = address.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, null, out var port))
        {
            throw Bad();
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
        return IPAddress.TryParse(bracketed ? host[1..^1] : host, out var ip)
            && bracketed == (ip.AddressFamily == AddressFamily.InterNetworkV6)
            ? new At(new IPEndPoint(ip, port))
            : throw Bad();
    }

    /// <summary>The address as <see cref="Parse"/> reads it.</summary>
    public sealed override string ToString() => this switch
    {
        UnixSocket(var path) => "unix:" + path,
        At(var endPoint) => endPoint.ToString(),
        Anywhere(var port) => string.Create(CultureInfo.InvariantCulture, $":{port}"),
        Localhost(var port) => string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Every system has its own limit, some hundred bytes, which only the framework knows.</summary>
    private static UnixSocket CheckLength(UnixSocket socket)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(System.IO.Path.GetFullPath(socket.Path));
            return socket;
        }
        catch (ArgumentException)
        {
            throw new FormatException("give a shorter one: it is longer than the path of a socket can be on this system.");
        }
    }

    private static FormatException Bad() =>
        new("give an address to listen on, such as :8080, 127.0.0.1:8080, [::1]:8080 or unix:/run/metadata-api/http.sock.");
}
