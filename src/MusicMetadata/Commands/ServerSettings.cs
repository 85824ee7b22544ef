using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Server;

namespace MusicMetadata.Commands;

/// <summary>The options of every command that serves.</summary>
internal sealed class ServerSettings
{
    private static readonly ServerOptions Defaults = new();

    private readonly Option<string> _address = AddressOption();
    private readonly Option<int> _rateLimit = Setting.Create("rate-limit", "n", "Requests a second for each client address; 0 for no limit.", Defaults.RateLimit);
    private readonly Option<int> _rateBurst = Setting.Create("rate-burst", "n", "Requests that one client address may make at once.", Defaults.RateBurst);
    private readonly Option<string> _rateLimitExempt = Setting.Create("rate-limit-exempt", "networks", "Networks without a rate limit, such as 127.0.0.0/8,::1,unix.", Defaults.RateLimitExempt);
    private readonly Option<string> _trustedProxies = Setting.Create("trusted-proxies", "networks", "Proxies that may say who the client is, such as 127.0.0.1,10.0.0.0/8,unix.", Defaults.TrustedProxies);
    private readonly Option<string> _forwardedHeader = Setting.Create("forwarded-header", "header", "Where they say it: X-Forwarded-For or Forwarded.", Defaults.ForwardedHeader);
    private readonly Option<string> _metricsAddress = Setting.Create("metrics-addr", "address", "Serve /metrics here instead of on -addr.", Defaults.MetricsAddress);
    private readonly Option<string> _logLevel = Setting.Create("log-level", "level", "Log debug, info, warn or error and what is worse; LOG_LEVEL works too.", Defaults.LogLevel);
    private readonly Option<string> _logFormat = Setting.Create("log-format", "format", "One line an event as text or json, to stderr.", Defaults.LogFormat);
    private readonly Option<bool> _accessLog = Setting.Create("access-log", "bool", "Log each request.", Defaults.AccessLog);
    private readonly Option<long> _maxConnections = Setting.Create("max-connections", "n", "Connections open at once; 0 for as many as there are descriptors for.", Defaults.MaxConnections);
    private readonly Option<int> _requestTime = Setting.Create("request-time", "seconds", "How long one request may take until its connection is closed.", (int)Defaults.RequestTime.TotalSeconds);
    private readonly Option<string> _cors = Setting.Create("cors", "origins", "Origins whose pages may read: *, off, or a list with commas.", Defaults.Cors);
    private readonly Option<string> _authTokenFile = Setting.Create("auth-token-file", "file", "Ask all clients for the bearer token in this file.", Defaults.AuthTokenFile);
    private readonly Option<string> _cacheControl = Setting.Create("cache-control", "value", "Cache-Control header of lookups and searches; '' for none.", Defaults.CacheControl);
    private readonly Option<string> _ui = Setting.Create("ui", "on|off", "Whether browsers get the explorer at /.", Defaults.Explorer ? "on" : "off");

    /// <summary>The option that says where a server listens, for those that run one and those that ask one.</summary>
    public static Option<string> AddressOption() =>
        Setting.Create("addr", "address", "Where to listen: :8080, 127.0.0.1:8080, [::1]:8080 or unix:/path.", Defaults.Address);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_address);
        command.Options.Add(_rateLimit);
        command.Options.Add(_rateBurst);
        command.Options.Add(_cacheControl);
        command.Options.Add(_ui);
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
    }

    /// <summary>The options as they were given.</summary>
    /// <exception cref="OperatorException">One cannot be understood.</exception>
    public ServerOptions Read(ParseResult parsed) => new()
    {
        Address = parsed.GetValue(_address)!,
        RateLimit = parsed.GetValue(_rateLimit),
        RateBurst = parsed.GetValue(_rateBurst),
        CacheControl = parsed.GetValue(_cacheControl)!,
        Explorer = parsed.GetValue(_ui) switch
        {
            "on" => true,
            "off" => false,
            var other => throw new OperatorException($"-ui is {other}: give on or off."),
        },
        RateLimitExempt = parsed.GetValue(_rateLimitExempt)!,
        TrustedProxies = parsed.GetValue(_trustedProxies)!,
        ForwardedHeader = parsed.GetValue(_forwardedHeader)!,
        MetricsAddress = parsed.GetValue(_metricsAddress)!,
        LogLevel = parsed.GetValue(_logLevel)!,
        LogFormat = parsed.GetValue(_logFormat)!,
        AccessLog = parsed.GetValue(_accessLog),
        MaxConnections = parsed.GetValue(_maxConnections),
        RequestTime = TimeSpan.FromSeconds(parsed.GetValue(_requestTime)),
        Cors = parsed.GetValue(_cors)!,
        AuthTokenFile = parsed.GetValue(_authTokenFile)!,
    };
}
