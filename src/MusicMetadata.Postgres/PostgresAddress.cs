using System.Globalization;
using MusicMetadata.Catalog;
using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>
/// The address of a database, as PostgreSQL's own programs write it: <c>postgresql://user@host1,host2:5433/database?sslmode=require</c>. It
/// never holds a password: processes show their command line to everybody.
/// </summary>
public sealed class PostgresAddress
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    private PostgresAddress(string text, NpgsqlConnectionStringBuilder settings) => (Text, Settings) = (text, settings);

    /// <summary>The address as it was given.</summary>
    public string Text { get; }

    /// <summary>The same for the client library, with what holds for every connection of this program.</summary>
    internal NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>Whether a text is an address rather than a path.</summary>
    public static bool IsAddress(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.Ordinal));

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="OperatorException">It is none, or has a password.</exception>
    public static PostgresAddress Parse(string text)
    {
        OperatorException Wrong(string problem) =>
            new($"{Shown(text)} is no address of a database: {problem} An address is postgresql://user@host1,host2:5432/database.");

        if (Schemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.Ordinal)) is not { } scheme)
        {
            throw Wrong("it does not begin with postgresql://.");
        }

        var (rest, query) = Split(text[scheme.Length..], '?');
        var (authority, database) = Split(rest, '/');
        var at = authority.LastIndexOf('@');
        var user = Uri.UnescapeDataString(at < 0 ? "" : authority[..at]);
        if (user.Contains(':', StringComparison.Ordinal) || Parameters(query).Any(parameter => parameter.Name == "password"))
        {
            throw new OperatorException(
                $"{Shown(text)} has a password, which every user of the machine could read there. Put it into the file that PGPASSFILE "
                    + "names, or into PGPASSWORD.");
        }

        var hosts = Uri.UnescapeDataString(authority[(at + 1)..]);
        if (hosts.Split(',').Any(host => host.Length == 0))
        {
            throw Wrong("it names no host.");
        }

        if (user.Length == 0 || database.Length == 0)
        {
            throw Wrong(user.Length == 0 ? "it names no user." : "it names no database.");
        }

        var settings = Defaults();
        settings.Host = hosts;
        settings.Username = user;
        settings.Database = Uri.UnescapeDataString(database);
        foreach (var (name, value) in Parameters(query))
        {
            try
            {
                Set(settings, name, value);
            }
            catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
            {
                throw Wrong($"{name}={value} is not understood.");
            }
        }

        return new PostgresAddress(text, settings);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>What holds unless the address says otherwise.</summary>
    private static NpgsqlConnectionStringBuilder Defaults() => new()
    {
        ApplicationName = "metadata-api",

        // Reads go to the standbys by turns, and to the primary when there are none.
        TargetSessionAttributes = "prefer-standby",
        LoadBalanceHosts = true,

        // A node that does not answer costs whoever asks it these seconds, and is left alone for ten.
        Timeout = 2,
        CommandTimeout = 3,
        CancellationTimeout = 500,
        HostRecheckSeconds = 10,

        // Each statement is prepared the first time that a connection runs it.
        MaxAutoPrepare = 32,
        AutoPrepareMinUsages = 1,
        NoResetOnClose = true,
        Enlist = false,
        GssEncryptionMode = GssEncryptionMode.Disable,

        // One plan for each statement. Else PostgreSQL plans a list of ids anew each time, which costs more than running it.
        Options = "-c plan_cache_mode=force_generic_plan",
    };

    /// <summary>Sets what a parameter of the address names: those of libpq that this program has a use for.</summary>
    /// <exception cref="ArgumentException">There is none of this name or with this value.</exception>
    private static void Set(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                settings.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                break;
            case "sslrootcert":
                settings.RootCertificate = value;
                break;
            case "sslcert":
                settings.SslCertificate = value;
                break;
            case "sslkey":
                settings.SslKey = value;
                break;
            case "connect_timeout":
                settings.Timeout = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            case "statement_timeout":
                settings.CommandTimeout = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                break;
            case "target_session_attrs":
                settings.TargetSessionAttributes = value;
                break;
            case "application_name":
                settings.ApplicationName = value;
                break;
            default:
                throw new ArgumentException(name);
        }
    }

    private static (string Before, string After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static IEnumerable<(string Name, string Value)> Parameters(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter =>
        {
            var (name, value) = Split(parameter, '=');
            return (Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
        });

    /// <summary>The address without what may be a password.</summary>
    private static string Shown(string text)
    {
        var begin = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.LastIndexOf('@');
        var colon = end < 0 ? -1 : text.IndexOf(':', begin, Math.Max(0, end - begin));
        var shown = colon < 0 ? text : text[..colon] + text[end..];
        var query = shown.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? shown : shown[..query];
    }
}
