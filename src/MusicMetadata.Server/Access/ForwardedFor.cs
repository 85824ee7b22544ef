using System.Net;
using System.Net.Sockets;

namespace MusicMetadata.Server.Access;

/// <summary>
/// Takes addresses from <c>X-Forwarded-For</c> and <c>Forwarded</c> (RFC 7239), last one first: each proxy adds to the end, so only the end
/// is written by proxies one trusts, and everything before may be invented by the client.
/// </summary>
internal ref struct ForwardedFor
{
    private readonly bool _isForwarded;
    private ReadOnlySpan<char> _rest;

    /// <summary>Begins at the end of a header's value.</summary>
    /// <param name="value">The value of one header line.</param>
    /// <param name="isForwarded">It is <c>Forwarded</c>, not <c>X-Forwarded-For</c>.</param>
    public ForwardedFor(ReadOnlySpan<char> value, bool isForwarded)
    {
        _rest = value;
        _isForwarded = isForwarded;
    }

    /// <summary>Goes one proxy back; false at the beginning of the value.</summary>
    /// <param name="address">Who asked that proxy; null when it does not say, or says something that is no address.</param>
    public bool TryTakeLast(out IPAddress? address)
    {
        address = null;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var comma = LastOutsideQuotes(_rest, ',');
        var element = _rest[(comma + 1)..].Trim();
        _rest = comma < 0 ? default : _rest[..comma];
        address = ParseNode(_isForwarded ? Parameter(element, "for=") : element);
        return true;
    }

    /// <summary>
    /// An address with or without port: <c>192.0.2.1</c>, <c>192.0.2.1:80</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c>,
    /// <c>[2001:db8::1]:80</c>; null for anything else, such as <c>unknown</c> and <c>_hidden</c>.
    /// </summary>
    internal static IPAddress? ParseNode(ReadOnlySpan<char> node)
    {
        if (node.StartsWith('['))
        {
            var end = node.IndexOf(']');
            return end > 0
                && (end == node.Length - 1 || node[end + 1] == ':')
                && IPAddress.TryParse(node[1..end], out var inBrackets)
                && inBrackets.AddressFamily == AddressFamily.InterNetworkV6
                ? ClientAddress.Normalize(inBrackets)
                : null;
        }

        if (node.Count(':') == 1)
        {
            node = node[..node.IndexOf(':')];
        }

        // "1" and "10.1" would do for the framework.
        return (node.Contains(':') || node.Count('.') == 3) && IPAddress.TryParse(node, out var address)
            ? ClientAddress.Normalize(address)
            : null;
    }

    /// <summary>The last element of a header's value: what the nearest proxy wrote.</summary>
    public static ReadOnlySpan<char> LastElement(ReadOnlySpan<char> value) => value[(LastOutsideQuotes(value, ',') + 1)..].Trim();

    /// <summary>
    /// The value of a parameter such as <c>for=</c> in <c>for="[2001:db8::1]";proto=https</c>, without quotes; empty when there is none.
    /// </summary>
    public static ReadOnlySpan<char> Parameter(ReadOnlySpan<char> element, ReadOnlySpan<char> name)
    {
        while (!element.IsEmpty)
        {
            var semicolon = LastOutsideQuotes(element, ';');
            var pair = element[(semicolon + 1)..].Trim();
            element = semicolon < 0 ? default : element[..semicolon];
            if (pair.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var value = pair[name.Length..];
                return value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
            }
        }

        return default;
    }

    /// <summary>
    /// Looks from the end, so that a quote that a client left open cannot swallow what a proxy wrote after it. Escapes inside quotes need
    /// no care: no proxy has a reason to write one into an address.
    /// </summary>
    private static int LastOutsideQuotes(ReadOnlySpan<char> text, char wanted)
    {
        var isQuoted = false;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == wanted && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }
}
