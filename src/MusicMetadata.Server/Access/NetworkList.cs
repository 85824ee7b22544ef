using System.Net;
using System.Net.Sockets;

namespace MusicMetadata.Server.Access;

/// <summary>
/// A list of networks such as <c>127.0.0.1,10.0.0.0/8,fd00::/8,unix</c>, where <c>unix</c> stands for peers on a Unix socket.
/// </summary>
public sealed class NetworkList
{
    private readonly IPNetwork[] _networks;
    private readonly bool _hasUnix;

    private NetworkList(IPNetwork[] networks, bool hasUnix)
    {
        _networks = networks;
        _hasUnix = hasUnix;
    }

    /// <summary>The list with nothing in it.</summary>
    public static NetworkList Empty { get; } = new([], hasUnix: false);

    /// <summary>Whether nothing is in the list.</summary>
    public bool IsEmpty => _networks.Length == 0 && !_hasUnix;

    /// <summary>Reads a list.</summary>
    /// <param name="text">Addresses and networks in CIDR notation, with commas between them; may be empty.</param>
    /// <exception cref="FormatException">Something in it is neither; the message names it and says what to give.</exception>
    public static NetworkList Parse(string text)
    {
        var networks = new List<IPNetwork>();
        var hasUnix = false;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "unix")
            {
                hasUnix = true;
            }
            else if (TryParseNetwork(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new FormatException($"'{part}' is no network; give some such as 127.0.0.1,10.0.0.0/8,fd00::/8,unix.");
            }
        }

        return new NetworkList([.. networks], hasUnix);
    }

    /// <summary>The list as <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        string.Join(',', [.. _networks.Select(network => network.ToString()), .. _hasUnix ? (string[])["unix"] : []]);

    /// <summary>Whether an address is in one of the networks. Null is a peer on a Unix socket.</summary>
    /// <param name="address">Not an IPv4 address in IPv6 clothes; see <see cref="ClientAddress.Normalize"/>.</param>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return _hasUnix;
        }

        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        network = default;

        // The framework takes 10.1 for 10.0.0.1, which nobody means who writes it here.
        if (!IPAddress.TryParse(host, out var address)
            || (address.AddressFamily == AddressFamily.InterNetwork && host.Count(c => c == '.') != 3))
        {
            return false;
        }

        var maxPrefix = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = maxPrefix;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out prefix) || prefix > maxPrefix))
        {
            return false;
        }

        // As clients' addresses are, when they are compared.
        if (address.IsIPv4MappedToIPv6)
        {
            (address, prefix) = (address.MapToIPv4(), prefix - 96);
        }

        if (prefix < 0)
        {
            return false;
        }

        network = new IPNetwork(ClearHost(address, prefix), prefix);
        return true;
    }

    /// <summary>10.1.2.3/8 means 10.0.0.0/8, which is all that the framework accepts.</summary>
    private static IPAddress ClearHost(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
