using System.Text;
using System.Text.Json;
using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>What the answer to one request depends on beside the catalog's records.</summary>
internal sealed class SpotifyRequest
{
    private const string FromToken = "from_token";

    private readonly CatalogMarkets _markets;
    private readonly int? _market;

    private SpotifyRequest(string origin, string? market, CatalogMarkets markets)
    {
        Origin = origin;
        Market = market;
        _markets = markets;
        _market = market is null or FromToken || markets.Codes.Count == 0 ? null : markets.IndexOf(market);
        var escaped = JsonEncodedText.Encode(origin, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        TrackAddress = Encoding.UTF8.GetBytes(escaped + "/v1/tracks/");
        AlbumAddress = Encoding.UTF8.GetBytes(escaped + "/v1/albums/");
        ArtistAddress = Encoding.UTF8.GetBytes(escaped + "/v1/artists/");
    }

    /// <summary>What addresses begin with.</summary>
    public string Origin { get; }

    /// <summary>The market that the client is in, as it said; null when it did not.</summary>
    public string? Market { get; }

    /// <summary>What the address of a track begins with, in JSON.</summary>
    public byte[] TrackAddress { get; }

    /// <summary>What the address of an album begins with, in JSON.</summary>
    public byte[] AlbumAddress { get; }

    /// <summary>What the address of an artist begins with, in JSON.</summary>
    public byte[] ArtistAddress { get; }

    /// <summary>The part of an address that says the market, with an ampersand behind; empty when there is none.</summary>
    public string MarketParameter => Market is null ? "" : $"market={Market}&";

    /// <summary>All markets of the catalog.</summary>
    public IReadOnlyList<string> Markets => _markets.Codes;

    /// <summary>Whether something is left out of lists for the market that the client is in.</summary>
    public bool IsLimited => _market is not null;

    /// <summary>Reads a request.</summary>
    /// <exception cref="ClientException">The market is none.</exception>
    public static async ValueTask<SpotifyRequest> ReadAsync(HttpContext context, Origin origin)
    {
        var query = context.Request.Query;
        var market = query["market"] is [{ Length: > 0 } given, ..] ? given
            : query["country"] is [{ Length: > 0 } country, ..] ? country
            : null;
        return market is null or FromToken || (market.Length == 2 && market.All(char.IsAsciiLetter))
            ? new SpotifyRequest(origin.Of(context), market, await CatalogMarkets.OfAsync(context))
            : throw Errors.Bad("Invalid market code");
    }

    /// <summary>Whether what has a list of markets can be heard in the market; in any when the client is in none.</summary>
    public bool IsPlayable(long list) => _market is null || _markets.Has(list, _market.Value);

    /// <summary>Writes a list of markets as an array.</summary>
    public void WriteMarkets(long list, JsonText json) => _markets.Write(list, json);

    /// <summary>Removes the keys of what cannot be heard in the market.</summary>
    public async ValueTask RemoveUnplayableAsync(ICatalogReader reader, Entity entity, List<CatalogKey> keys)
    {
        if (!IsLimited || entity == Entity.Artist)
        {
            return;
        }

        var lists = new long[keys.Count];
        await reader.ReadMarketListsAsync(entity, keys.ToArray(), lists);
        var index = 0;
        _ = keys.RemoveAll(_ => !IsPlayable(lists[index++]));
    }
}
