namespace MusicMetadata.Import.Demo.Invention;

/// <summary>Invents the names of artists, albums and tracks, with everything in them that a server may stumble over.</summary>
internal sealed class Names
{
    /// <summary>How often, in rows, an awkward name comes again after the first rows have had each of them once.</summary>
    private const int AwkwardEvery = 2_000;

    /// <summary>One artist of so many has the name of the one before.</summary>
    private const int SharedNameEvery = 50;

    private const int KaraokeArtistEvery = 400;
    private const int FirstKaraokeArtist = 15;

    private static readonly byte[][] Awkward =
    [
        "\"Quoted\" and 'Single' Quotes"u8.ToArray(),
        @"Back\slash \u0041 \n"u8.ToArray(),
        "Tab\tNewline\nBell\u0007Escape\u001b[31m"u8.ToArray(),
        "<script>alert(1)</script>"u8.ToArray(),
        "100% Pure_Love & More; DROP TABLE tracks --"u8.ToArray(),
        "   "u8.ToArray(),
        "e\u0301 and é, ﬁ and fi, İstanbul, Straße, ǅ"u8.ToArray(),
        "\u202eRight-to-left override\u202c, zero\u200bwidth, soft\u00adhyphen"u8.ToArray(),
        "👩‍👩‍👧‍👦🏳️‍🌈"u8.ToArray(),
        "愛"u8.ToArray(),
        "Żółć Ýmir Ångström Ðorđe Œuvre"u8.ToArray(),
        "A"u8.ToArray(),
        "\u2028Line\u2029Paragraph\ufeff"u8.ToArray(),
        [.. "A Name as Long as Nobody Would Ever Type It, "u8, .. Enumerable.Repeat((byte)'o', 700), .. " (Extended Version)"u8],
    ];

    private static readonly byte[][] Editions =
    [
        " (Deluxe Edition)"u8.ToArray(), " (Deluxe)"u8.ToArray(), " (Expanded Edition)"u8.ToArray(), " [Anniversary Edition]"u8.ToArray(),
    ];

    private readonly Vocabulary[] _vocabularies = Vocabulary.CreateAll();

    /// <summary>Invents the title of a song.</summary>
    /// <param name="text">Becomes the title.</param>
    /// <param name="seed">The catalog's seed.</param>
    /// <param name="song">The number of the song's first recording: the first ones have the awkward names.</param>
    /// <param name="script">The script of the release.</param>
    public void MakeTitle(Utf8Text text, long seed, long song, int script)
    {
        _ = text.Clear();
        if (!AddAwkward(text, song))
        {
            var random = new SplitMix(seed, RowKind.Title, song);
            _vocabularies[script].AddWords(text, ref random, WordsOf(script, ref random, max: 5));
        }
    }

    /// <summary>Invents a release's name, which may be empty: labels take releases down and their names go.</summary>
    public void MakeAlbum(Utf8Text text, ref SplitMix random, long release, int script)
    {
        _ = text.Clear();
        if (!AddAwkward(text, release) && !random.InThousand(3) && release % AwkwardEvery != 20)
        {
            _vocabularies[script].AddWords(text, ref random, WordsOf(script, ref random, max: 5));
        }
    }

    /// <summary>Adds what tells a later edition of an album from its first.</summary>
    public static void AddEdition(Utf8Text text, ref SplitMix random) => _ = text.Add(Editions[random.Below(Editions.Length)]);

    /// <summary>Adds the name of an artist, which two in a hundred share with another one at least.</summary>
    public void AddArtist(Utf8Text text, long seed, int artist)
    {
        var random = new SplitMix(seed, RowKind.Artist, artist);
        if (AddAwkward(text, artist))
        {
            return;
        }

        if (artist % SharedNameEvery == SharedNameEvery - 1)
        {
            random = new SplitMix(seed, RowKind.Artist, artist - 1);
        }

        var script = PickScript(ref random);
        _vocabularies[script].AddAnyWords(text, ref random, random.InThousand(400) ? 1 : 2);
        if (IsKaraokeArtist(artist))
        {
            _ = text.Add(" Karaoke"u8);
        }
    }

    /// <summary>One of the artists who record nothing but songs for singing to.</summary>
    public static int PickKaraokeArtist(int artists, ref SplitMix random) =>
        FirstKaraokeArtist + (KaraokeArtistEvery * random.Below(1 + ((artists - 1 - FirstKaraokeArtist) / KaraokeArtistEvery)));

    private static bool IsKaraokeArtist(int artist) => artist % KaraokeArtistEvery == FirstKaraokeArtist;

    /// <summary>Adds the name of a label.</summary>
    public void AddLabel(Utf8Text text, ref SplitMix random)
    {
        _vocabularies[0].AddWords(text, ref random, 1 + random.Below(2));
        _ = text.Add(random.InThousand(500) ? " Records"u8 : " Music"u8);
    }

    /// <summary>A script, as often as releases use it.</summary>
    public static int PickScript(ref SplitMix random)
    {
        var left = random.Below(1000);
        var script = 0;
        while (left >= Script.All[script].PerThousand)
        {
            left -= Script.All[script++].PerThousand;
        }

        return script;
    }

    private static int WordsOf(int script, ref SplitMix random, int max) =>
        Script.All[script].Separator.Length > 0 ? 1 + random.Below(max) + (random.Below(6) / 5) : 2 + random.Below(max);

    private static bool AddAwkward(Utf8Text text, long number)
    {
        var index = number % AwkwardEvery;
        if (index >= Awkward.Length)
        {
            return false;
        }

        _ = text.Add(Awkward[index]);
        return true;
    }
}
