using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>Connections to the nodes of a database. Which is up, which is a standby, and whose turn it is, Npgsql knows.</summary>
internal static class Nodes
{
    private const int DefaultPort = 5432;

    /// <summary>Connections to ask which catalogs there are: to the primary, or where that is gone to a standby.</summary>
    public static NpgsqlDataSource OpenForRegistry(PostgresAddress address) =>
        Build(Once(address, "prefer-primary"), initialize: null);

    /// <summary>Connections to write with: to the primary, however long a statement takes.</summary>
    public static NpgsqlDataSource OpenForWriting(PostgresAddress address)
    {
        var settings = Once(address, "primary");
        settings.CommandTimeout = 0;
        settings.KeepAlive = 30;
        return Build(settings, initialize: null);
    }

    /// <summary>What a node is called in metrics and messages.</summary>
    public static string NameOf(NpgsqlConnection connection) =>
        string.Create(CultureInfo.InvariantCulture, $"{connection.Host}:{connection.Port}");

    /// <summary>The nodes of an address, as <see cref="NameOf"/> calls them.</summary>
    public static IEnumerable<string> NamesOf(PostgresAddress address) =>
        address.Settings.Host!.Split(',').Select(
            host => host.LastIndexOf(':') > host.LastIndexOf(']') ? host : $"{host}:{DefaultPort}");

    /// <summary>Settings for connections that are used once: no pool, and nothing is prepared.</summary>
    private static NpgsqlConnectionStringBuilder Once(PostgresAddress address, string sessionAttributes) => new(
        address.Settings.ConnectionString)
    {
        TargetSessionAttributes = sessionAttributes,

        // In the order of the address: of two primaries, which are of two clusters, the first one counts.
        LoadBalanceHosts = false,
        Pooling = false,
        MaxAutoPrepare = 0,
    };

    /// <summary>A source of connections to the nodes that the settings name.</summary>
    /// <param name="settings">Where they are, and how they are used.</param>
    /// <param name="initialize">Is given each new connection; null for nothing.</param>
    public static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, Func<NpgsqlConnection, Task>? initialize)
    {
        OpenSsl.Require();
        var hasOthers = settings.Host!.Contains(',', StringComparison.Ordinal);
        if (!hasOthers)
        {
            // There is no choice, which Npgsql wants to hear.
            settings.TargetSessionAttributes = null;
            settings.LoadBalanceHosts = false;
        }

        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();

        // A server sends the certificates between its own and the one that is trusted. What would fetch others is not in the executable.
        builder.UseSslClientAuthenticationOptionsCallback(
            options => options.CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            });
        if (initialize is not null)
        {
            builder.UsePhysicalConnectionInitializer(
                _ => throw new NotSupportedException("Connections are opened asynchronously."), initialize);
        }

        return hasOthers ? builder.BuildMultiHost() : builder.Build();
    }
}
