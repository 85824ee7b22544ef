using System.Net;
using MusicMetadata.Server.Access;

namespace MusicMetadata.Tests.Server;

public class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("1.1.1.1, 192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1, 10.0.0.2", "192.0.2.1")]
    [InlineData("1.1.1.1,192.0.2.1:5000,10.1.2.3,10.0.0.2", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:80, 10.0.0.2", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1, unknown", "10.0.0.1")]
    [InlineData("unknown, 192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1, ", "10.0.0.1")]
    [InlineData("1, 10.1", "10.0.0.1")]
    [InlineData("10.0.0.3", "10.0.0.3")]
    [InlineData("", "10.0.0.1")]
    public void X_Forwarded_For_is_believed_from_its_end_as_far_as_proxies_are_trusted(string header, string client) =>
        Assert.Equal(client, Resolve(header, isForwarded: false));

    [Theory]
    [InlineData("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60")]
    [InlineData("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17")]
    [InlineData("for=1.1.1.1, proto=https;FOR=\"192.0.2.60:80\"", "192.0.2.60")]
    [InlineData("for=192.0.2.60;host=\"a;b,c\", for=10.0.0.9", "192.0.2.60")]
    [InlineData("for=\", for=192.0.2.60", "192.0.2.60")]
    [InlineData("for=192.0.2.60, for=_hidden", "10.0.0.1")]
    [InlineData("for=unknown", "10.0.0.1")]
    [InlineData("by=192.0.2.60", "10.0.0.1")]
    [InlineData("192.0.2.60", "10.0.0.1")]
    public void Forwarded_is_believed_from_its_end_as_far_as_proxies_are_trusted(string header, string client) =>
        Assert.Equal(client, Resolve(header, isForwarded: true));

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:0:ffff::1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::c000:201", false)]
    public void An_ipv6_client_is_its_64_and_an_ipv4_client_its_address(string one, string other, bool same) =>
        Assert.Equal(same, ClientAddress.Network(IPAddress.Parse(one)) == ClientAddress.Network(IPAddress.Parse(other)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.1.2.3/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("127.0.0.1, ::1", "::1", true)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.2", false)]
    [InlineData("::ffff:10.0.0.0/104", "10.255.0.1", true)]
    [InlineData("::ffff:10.0.0.0/104", "11.0.0.1", false)]
    [InlineData("::ffff:0:0/96", "203.0.113.9", true)]
    [InlineData("unix", "10.0.0.1", false)]
    public void A_network_list_holds_what_is_in_its_networks(string list, string address, bool isIn) =>
        Assert.Equal(isIn, NetworkList.Parse(list).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0")]
    [InlineData("localhost")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("::1/129")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("::ffff:10.0.0.0/95")]
    public void What_is_no_network_is_named(string list)
    {
        var error = Assert.Throws<FormatException>(() => NetworkList.Parse(list));
        Assert.StartsWith($"'{list}' is no network;", error.Message, StringComparison.Ordinal);
    }

    private static string Resolve(string header, bool isForwarded) =>
        ClientAddress.Resolve(IPAddress.Parse("10.0.0.1"), header, isForwarded, NetworkList.Parse("10.0.0.0/8"))!.ToString();
}
