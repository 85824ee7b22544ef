using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Http;

namespace MusicMetadata.Commands;

/// <summary>The options of every command that serves.</summary>
internal sealed class ServerSettings
{
    private static readonly ServerOptions Defaults = new();

    private readonly Option<string> _address = AddressOption();
    private readonly Option<int> _rateLimit = Setting.Create("rate-limit", "n", "Requests a second for each client address; 0 for no limit.", Defaults.RateLimit);
    private readonly Option<int> _rateBurst = Setting.Create("rate-burst", "n", "Requests that one client address may make at once.", Defaults.RateBurst);

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
    };
}
