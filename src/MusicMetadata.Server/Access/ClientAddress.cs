using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace MusicMetadata.Server.Access;

/// <summary>Who a client is: the peer of its connection, or what trusted proxies in front of the server say.</summary>
internal static class ClientAddress
{
    /// <summary>What a host with or without a port is made of.</summary>
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_");

    /// <summary>
    /// From here on <c>context.Connection.RemoteIpAddress</c> is the client's own address, for the rate limit and the log alike.
    /// </summary>
    /// <remarks>
    /// One of the two headers is read, never both: a proxy that writes one passes the other on as the client sent it.
    /// </remarks>
    public static void UseClientAddress(this WebApplication app, ServerOptions options)
    {
        var proxies = options.TrustedProxies;
        if (proxies.IsEmpty)
        {
            return;
        }

        var isForwarded = options.ForwardedHeader == ForwardedHeader.Forwarded;
        var header = isForwarded ? "Forwarded" : "X-Forwarded-For";
        app.Use(next => context =>
        {
            var peer = context.Connection.RemoteIpAddress is { } address ? Normalize(address) : null;
            if (proxies.Contains(peer))
            {
                if (context.Request.Headers[header] is { Count: > 0 } lines)
                {
                    context.Connection.RemoteIpAddress = Resolve(peer, lines, isForwarded, proxies);
                }

                TakeOrigin(context.Request, isForwarded);
            }

            return next(context);
        });
    }

    /// <summary>An IPv4 address as such, also when a socket for both kinds dressed it as IPv6.</summary>
    public static IPAddress Normalize(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>
    /// What is limited as one client: an IPv4 address, or the /64 of an IPv6 address, since one customer has all of it. A peer on a Unix
    /// socket is one client too.
    /// </summary>
    public static ulong Network(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Ipv4(bytes);
        }

        return address.IsIPv4MappedToIPv6 ? Ipv4(bytes[12..]) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>From here on the request has the scheme and host that the client asked the nearest proxy for, if it says them.</summary>
    private static void TakeOrigin(HttpRequest request, bool isForwarded)
    {
        ReadOnlySpan<char> scheme, host;
        if (isForwarded)
        {
            var element = ForwardedFor.LastElement(request.Headers["Forwarded"] is [.., var line] ? line : default);
            scheme = ForwardedFor.Parameter(element, "proto=");
            host = ForwardedFor.Parameter(element, "host=");
        }
        else
        {
            scheme = ForwardedFor.LastElement(request.Headers["X-Forwarded-Proto"] is [.., var proto] ? proto : default);
            host = ForwardedFor.LastElement(request.Headers["X-Forwarded-Host"] is [.., var name] ? name : default);
        }

        if (scheme is "http" or "https")
        {
            request.Scheme = scheme.ToString();
        }

        if (!host.IsEmpty && !host.ContainsAnyExcept(HostCharacters))
        {
            request.Host = new HostString(host.ToString());
        }
    }

    /// <summary>
    /// The nearest address that is not a trusted proxy's; the farthest proxy when all are, or when one does not say who asked it.
    /// </summary>
    internal static IPAddress? Resolve(IPAddress? peer, StringValues lines, bool isForwarded, NetworkList proxies)
    {
        var client = peer;
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var hops = new ForwardedFor(lines[i], isForwarded);
            while (hops.TryTakeLast(out var hop))
            {
                if (hop is null)
                {
                    return client;
                }

                client = hop;
                if (!proxies.Contains(hop))
                {
                    return client;
                }
            }
        }

        return client;
    }

    /// <summary>In a part of the IPv6 space that is reserved, so that it never equals a /64.</summary>
    private static ulong Ipv4(ReadOnlySpan<byte> bytes) => 0x0000_FFFF_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
