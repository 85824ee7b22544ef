using System.Runtime.CompilerServices;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>The lists of markets of a catalog: a bit for each market, 7 MB for the largest catalog.</summary>
internal sealed class CatalogMarkets
{
    private const int WordBits = 64;

    /// <summary>For each catalog that is open; they are read when first asked for.</summary>
    private static readonly ConditionalWeakTable<ICatalogStore, CatalogMarkets> Known = [];

    private readonly Dictionary<long, ulong[]> _bits = [];
    private readonly string[] _codes;

    private CatalogMarkets(Dictionary<long, string[]> lists)
    {
        var codes = new HashSet<string>();
        foreach (var list in lists.Values)
        {
            codes.UnionWith(list);
        }

        _codes = [.. codes];
        Array.Sort(_codes, StringComparer.Ordinal);
        foreach (var (list, markets) in lists)
        {
            var bits = new ulong[(_codes.Length + WordBits - 1) / WordBits];
            foreach (var code in markets)
            {
                var market = Array.BinarySearch(_codes, code, StringComparer.Ordinal);
                bits[market / WordBits] |= 1UL << (market % WordBits);
            }

            _bits.Add(list, bits);
        }
    }

    /// <summary>All markets in alphabetical order; none where the catalog knows nothing of them.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>The markets of the catalog of a request.</summary>
    public static ValueTask<CatalogMarkets> OfAsync(HttpContext context) =>
        Known.TryGetValue(context.Catalog(), out var known) ? new(known) : ReadAsync(context);

    /// <summary>Where a market is among <see cref="Codes"/>; -1 for one that is not.</summary>
    public int IndexOf(string code) => Array.FindIndex(_codes, one => one.Equals(code, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a list has a market.</summary>
    /// <param name="list">The number of a list.</param>
    /// <param name="market">See <see cref="IndexOf"/>.</param>
    public bool Has(long list, int market) =>
        market >= 0 && _bits.TryGetValue(list, out var bits) && IsSet(bits, market);

    /// <summary>Writes the markets of a list as an array.</summary>
    public void Write(long list, JsonText json)
    {
        json.Append("["u8);
        var start = json.Length;
        var bits = _bits.GetValueOrDefault(list);
        for (var market = 0; bits is not null && market < _codes.Length; market++)
        {
            if (IsSet(bits, market))
            {
                json.Separate(start);
                json.Append("\""u8);
                Span<byte> code = [(byte)_codes[market][0], (byte)_codes[market][1], (byte)'"'];
                json.Append(code);
            }
        }

        json.Append("]"u8);
    }

    private static bool IsSet(ulong[] bits, int market) => (bits[market / WordBits] >> (market % WordBits) & 1) != 0;

    private static async ValueTask<CatalogMarkets> ReadAsync(HttpContext context)
    {
        var lists = new Dictionary<long, string[]>();
        using (var reader = await context.Catalog().RentReaderAsync(ReaderPurpose.Lookup, context.QueryDeadline()))
        {
            await reader.ScanMarketListsAsync((list, markets) => lists[list] = Parse(markets));
        }

        // Two requests may have read them at once; the same comes of both.
        var read = new CatalogMarkets(lists);
        Known.AddOrUpdate(context.Catalog(), read);
        return read;
    }

    /// <summary>The codes of a list: catalogs have other words in it, such as "unavailable".</summary>
    private static string[] Parse(ReadOnlySpan<byte> markets) =>
    [
        .. Encoding.UTF8.GetString(markets).Split(',')
            .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper))
            .Select(string.Intern),
    ];
}
