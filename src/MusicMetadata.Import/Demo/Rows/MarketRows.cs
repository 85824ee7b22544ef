using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>The rows of <c>available_markets</c>: few, each a list of countries that no other has.</summary>
internal static class MarketRows
{
    private const string Countries =
        "US GB DE FR JP BR SE NL ES IT CA AU MX AR CL CO PE PL PT NO FI DK BE CH AT IE CZ HU RO GR TR IL AE SA EG ZA NG KE IN ID MY PH SG "
            + "TH VN TW HK KR NZ UA " +
        "BG HR SI SK EE LV LT IS LU MT CY MA TN DZ JO LB KW QA OM BH GE AM AZ KZ UZ MN PK BD LK NP KH LA MO BN FJ PG UY PY BO EC VE CR PA "
            + "GT HN SV NI DO JM TT BS";

    /// <summary>Adds them all.</summary>
    public static void Write(RowInsert insert, DemoOptions options)
    {
        var countries = Array.ConvertAll(Countries.Split(' '), System.Text.Encoding.ASCII.GetBytes);
        var text = new Utf8Text();
        for (var market = 0; market < options.Markets; market++)
        {
            _ = text.Clear();
            if (market == 1)
            {
                _ = text.Add("unavailable"u8);
            }
            else if (market > 1)
            {
                AddCountries(text, countries, market, new SplitMix(options.Seed, RowKind.Market, market));
            }

            insert.Bind(1, market + 1);
            insert.Bind(2, text.Bytes);
            insert.Execute();
        }
    }

    /// <summary>
    /// The bits of the number decide over the first countries, so that no two lists are alike; chance decides over the others.
    /// </summary>
    private static void AddCountries(Utf8Text text, byte[][] countries, int market, SplitMix random)
    {
        const int BitsOfNumber = 20;
        var local = random.InThousand(400);
        for (var i = 0; i < countries.Length; i++)
        {
            if (i < BitsOfNumber ? (market >> i & 1) != 0 : !local && random.InThousand(930))
            {
                _ = (text.Bytes.Length > 0 ? text.Add(","u8) : text).Add(countries[i]);
            }
        }
    }
}
