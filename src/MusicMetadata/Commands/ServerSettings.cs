using System.CommandLine;
using MusicMetadata.Server;
using MusicMetadata.Server.Access;

namespace MusicMetadata.Commands;

/// <summary>The options of every command that serves.</summary>
internal sealed class ServerSettings
{
    /// <summary>Name of the option for where to listen.</summary>
    public const string AddressName = "addr";

    /// <summary>Name of the option for where to serve the metrics.</summary>
    public const string MetricsAddressName = "metrics-addr";

    private static readonly ServerOptions Defaults = new();

    private static readonly Notation<ListenAddress> AddressNotation = new(ListenAddress.Parse, address => address.ToString());
    private static readonly Notation<NetworkList> NetworkNotation = new(NetworkList.Parse, networks => networks.ToString());

    private readonly Option<Given<ListenAddress>> _address = AddressOption();

    private readonly Option<Given<int>> _rateLimit = Setting.Create(
        "rate-limit", "n", "Requests a second for each client address; 0 for no limit.", Defaults.RateLimit,
        Notation.Number(0, int.MaxValue, "give requests a second, or 0 for no limit."));

    private readonly Option<Given<int>> _rateBurst = Setting.Create(
        "rate-burst", "n", "Requests that one client address may make at once.", Defaults.RateBurst,
        Notation.Number(1, int.MaxValue, "give at least 1."));

    private readonly Option<Given<string>> _cacheControl = Setting.Create(
        "cache-control", "value", "Cache-Control header of lookups and searches; '' for none.", Defaults.CacheControl,
        new Notation<string>(
            text => ServerOptions.IsCacheControl(text)
                ? text
                : throw new FormatException("give a header's value such as 'public, max-age=3600', or '' for none."),
            value => value));

    private readonly Option<Given<bool>> _explorer = Setting.Create(
        "ui", "on|off", "Whether browsers get the explorer at /.", Defaults.Explorer,
        Notation.OneOf("give on or off.", ("on", true), ("off", false)));

    private readonly Option<Given<NetworkList>> _rateLimitExempt = Setting.Create(
        "rate-limit-exempt", "networks", "Networks without a rate limit, such as 127.0.0.0/8,::1,unix.",
        Defaults.RateLimitExempt, NetworkNotation);

    private readonly Option<Given<NetworkList>> _trustedProxies = Setting.Create(
        "trusted-proxies", "networks", "Proxies that may say who the client is, such as 127.0.0.1,10.0.0.0/8,unix.",
        Defaults.TrustedProxies, NetworkNotation);

    private readonly Option<Given<ForwardedHeader>> _forwardedHeader = Setting.Create(
        "forwarded-header", "header", "Where they say it: X-Forwarded-For or Forwarded.", Defaults.ForwardedHeader,
        Notation.OneOf(
            "give X-Forwarded-For or Forwarded, whichever the proxy writes.",
            ("X-Forwarded-For", ForwardedHeader.XForwardedFor), ("Forwarded", ForwardedHeader.Forwarded)));

    private readonly Option<Given<ListenAddress?>> _metricsAddress = Setting.Create(
        MetricsAddressName, "address", "Serve /metrics here instead of on -addr.", Defaults.MetricsAddress,
        Notation.Optional(AddressNotation));

    private readonly Option<Given<LogLevel>> _logLevel = Setting.Create(
        "log-level", "level", "Log debug, info, warn or error and what is worse; LOG_LEVEL works too.", Defaults.LogLevel,
        Notation.OneOf(
            "give debug, info, warn or error.",
            ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warn", LogLevel.Warning), ("error", LogLevel.Error),
            ("trace", LogLevel.Debug), ("information", LogLevel.Information), ("warning", LogLevel.Warning)));

    private readonly Option<Given<LogFormat>> _logFormat = Setting.Create(
        "log-format", "format", "One line an event as text or json, to stderr.", Defaults.LogFormat,
        Notation.OneOf("give text or json.", ("text", LogFormat.Text), ("json", LogFormat.Json)));

    private readonly Option<Given<bool>> _accessLog = Setting.Create(
        "access-log", "bool", "Log each request.", Defaults.AccessLog, Notation.Switch);

    private readonly Option<Given<long>> _maxConnections = Setting.Create(
        "max-connections", "n", "Connections open at once; 0 for as many as there are descriptors for.", Defaults.MaxConnections,
        Notation.Number(0, long.MaxValue, "give a number, or 0 for no limit."));

    private readonly Option<Given<TimeSpan>> _requestTime = Setting.Create(
        "request-time", "seconds", "How long one request may take until its connection is closed.", Defaults.RequestTime,
        Notation.Seconds(1, 3600, "give seconds, from 1 to 3600."));

    private readonly Option<Given<OriginList>> _cors = Setting.Create(
        "cors", "origins", "Origins whose pages may read: *, off, or a list with commas.", Defaults.Cors,
        new Notation<OriginList>(OriginList.Parse, origins => origins.ToString()));

    private readonly Option<Given<string?>> _authTokenFile = Setting.Create(
        "auth-token-file", "file", "Ask all clients for the bearer token in this file.", Defaults.AuthTokenFile, Notation.OptionalText);

    private readonly Option<Given<bool>> _spotify = Setting.Create(
        "spotify", "on|off", "Whether /v1 answers as Spotify's Web API does.", Defaults.Spotify,
        Notation.OneOf("give on or off.", ("on", true), ("off", false)));

    private readonly Option<Given<Uri?>> _publicUrl = Setting.Create(
        "public-url", "url", "How clients of /v1 call the server, for the addresses in its answers.", Defaults.PublicUrl,
        Notation.Optional(Notation.WebAddress));

    /// <summary>The option that says where a server listens, for those that run one and those that ask one.</summary>
    public static Option<Given<ListenAddress>> AddressOption() => Setting.Create(
        AddressName, "address", "Where to listen: :8080, 127.0.0.1:8080, [::1]:8080 or unix:/path.", Defaults.Address, AddressNotation);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_address);
        command.Options.Add(_rateLimit);
        command.Options.Add(_rateBurst);
        command.Options.Add(_cacheControl);
        command.Options.Add(_explorer);
        command.Options.Add(_rateLimitExempt);
        command.Options.Add(_trustedProxies);
        command.Options.Add(_forwardedHeader);
        command.Options.Add(_metricsAddress);
        command.Options.Add(_logLevel);
        command.Options.Add(_logFormat);
        command.Options.Add(_accessLog);
        command.Options.Add(_maxConnections);
        command.Options.Add(_requestTime);
        command.Options.Add(_cors);
        command.Options.Add(_authTokenFile);
        command.Options.Add(_spotify);
        command.Options.Add(_publicUrl);
    }

    /// <summary>The options as they were given.</summary>
    public ServerOptions Read(ParseResult parsed) => new()
    {
        Address = parsed.Value(_address),
        RateLimit = parsed.Value(_rateLimit),
        RateBurst = parsed.Value(_rateBurst),
        CacheControl = parsed.Value(_cacheControl),
        Explorer = parsed.Value(_explorer),
        RateLimitExempt = parsed.Value(_rateLimitExempt),
        TrustedProxies = parsed.Value(_trustedProxies),
        ForwardedHeader = parsed.Value(_forwardedHeader),
        MetricsAddress = parsed.Value(_metricsAddress),
        LogLevel = parsed.Value(_logLevel),
        LogFormat = parsed.Value(_logFormat),
        AccessLog = parsed.Value(_accessLog),
        MaxConnections = parsed.Value(_maxConnections),
        RequestTime = parsed.Value(_requestTime),
        Cors = parsed.Value(_cors),
        AuthTokenFile = parsed.Value(_authTokenFile),
        Spotify = parsed.Value(_spotify),
        PublicUrl = parsed.Value(_publicUrl),
    };
}
