using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Search;

/// <summary>Which names are the same to a searcher.</summary>
public class NameFoldingTests
{
    [Theory]
    [InlineData("Beyoncé", "beyonce")]
    [InlineData("MOTÖRHEAD", "motorhead")]
    [InlineData("Łódź Ø Đ ß ẞ Æ Œ ı İ", "lodz o d ss ss ae oe i i")]
    [InlineData("ΟΔΥΣΣΕΎΣ ᾳ", "οδυσσευσ α")]
    [InlineData("ὀδυσσεύς", "οδυσσευσ")]
    [InlineData("Ёлка Й", "елка и")]
    [InlineData("ＡＢＣ１２３　ｚ", "abc123 z")]
    [InlineData("ﬁre ſo ŉ", "fire so ʼn")]
    [InlineData("العَرَبِيَّة أحمد", "العربية احمد")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("Việt Nam ở đâu", "viet nam o dau")]
    [InlineData("が ぱ ヴ", "が ぱ ヴ")]
    [InlineData("ｶﾞｷﾞﾊﾟﾊ", "ガギパハ")]
    [InlineData("각 가", "각 가")]
    [InlineData("愛 東京 ไทย हिन्दी", "愛 東京 ไทย हिन्दी")]
    [InlineData("𐐀𐐨", "𐐨𐐨")]
    [InlineData("\u0301\u0308", "")]
    [InlineData("a\0\u0001\"\\%_*", "a\0\u0001\"\\%_*")]
    [InlineData("", "")]
    public void A_name_folds(string name, string folded) => Assert.Equal(folded, Folded(name));

    /// <summary>The test project has ICU's absence too, so the decomposed spellings are written out.</summary>
    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("A\u030A", "Å")]
    [InlineData("か\u3099", "が")]
    [InlineData("ハ\u309A", "パ")]
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국")]
    [InlineData("\u0915\u093C", "\u0958")]
    [InlineData("o\u0302\u0301", "ố")]
    [InlineData("\u03B1\u0345", "ᾳ")]
    [InlineData("豈", "\uF900")]
    public void Composed_and_decomposed_are_the_same(string decomposed, string composed) =>
        Assert.Equal(Folded(composed), Folded(decomposed));

    [Theory]
    [InlineData("が", "か")]
    [InlineData("ぱ", "ば")]
    [InlineData("각", "가")]
    [InlineData("कि", "क")]
    public void Signs_that_make_another_letter_stay(string one, string other) => Assert.NotEqual(Folded(one), Folded(other));

    /// <summary>The framework has its own table of upper and lower case.</summary>
    [Fact]
    public void Every_letter_folds_as_its_lower_and_its_upper_case_do()
    {
        // i without a dot and I with one, which the framework leaves alone without a language, and the iota below a vowel, a mark with an
        // upper case.
        var differing = AllRunes()
            .Where(rune => rune.Value is not (0x130 or 0x131 or 0x345))
            .Where(rune => Folded(rune.ToString()) != Folded(Rune.ToLowerInvariant(rune).ToString())
                || Folded(rune.ToString()) != Folded(Rune.ToUpperInvariant(rune).ToString()));
        Assert.Equal("", string.Join(' ', differing.Select(rune => $"{rune.Value:X}")));
    }

    /// <summary>SQLite's tokenizer has its own table of case and diacritics, made from another version of Unicode.</summary>
    [Fact]
    public void Latin_Greek_and_Cyrillic_letters_fold_as_SQLite_folds_them()
    {
        using var folder = new TemporaryFolder();
        using var connection = SqliteFile.OpenForWriting(folder["fold.sqlite3"]);
        connection.Execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='unicode61 remove_diacritics 2')");
        connection.Execute("CREATE VIRTUAL TABLE terms USING fts5vocab(names, row)");
        var differing = new List<string>();
        for (var point = 0xC0; point < 0x2000; point++)
        {
            if (point is >= 0x300 and < 0x370 or >= 0x483 and < 0x48A or >= 0x530 and < 0x1E00)
            {
                continue;
            }

            var letter = new Rune(point).ToString();
            connection.Execute("INSERT INTO names(rowid, name) VALUES (1, ?1)", letter);

            // What is no letter for SQLite yields no term.
            if (connection.QueryText("SELECT term FROM terms") is { } term && Folded(term) != Folded(letter))
            {
                differing.Add(letter);
            }

            connection.Execute("DELETE FROM names");
        }

        Assert.Equal("", string.Concat(differing));
    }

    [Fact]
    public void Folding_twice_is_the_same_as_folding_once()
    {
        foreach (var rune in AllRunes())
        {
            var once = Folded(rune.ToString());
            Assert.Equal(once, Folded(once));
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_become_replacement_characters()
    {
        byte[] buffer = [];
        Assert.Equal("a\uFFFD\uFFFDb\uFFFD", Encoding.UTF8.GetString(NameFolding.Fold([0x41, 0xFF, 0xC0, 0x42, 0xE2, 0x82], ref buffer)));
    }

    [Fact]
    public void A_buffer_serves_names_of_any_length_and_mix()
    {
        byte[] buffer = [];
        var random = Seeded.Random();
        var letters = new[] { "A", "z", "É", "\u0301", "が", "か\u3099", "ß", "한", "𐐀", " ", "\u0CCB" };
        for (var i = 0; i < 2000; i++)
        {
            var parts = Enumerable.Range(0, random.Next(400)).Select(_ => letters[random.Next(letters.Length)]).ToArray();
            var whole = Encoding.UTF8.GetString(NameFolding.Fold(Encoding.UTF8.GetBytes(string.Concat(parts)), ref buffer));
            Assert.Equal(string.Concat(parts.Select(Folded)), whole);
        }
    }

    private static string Folded(string text) => Encoding.UTF8.GetString(NameFolding.Fold(text));

    private static IEnumerable<Rune> AllRunes() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(point => new Rune(point));
}
