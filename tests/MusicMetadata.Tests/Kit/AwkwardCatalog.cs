using System.Text;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Kit;

/// <summary>A catalog of names that are hard to search.</summary>
internal static class AwkwardCatalog
{
    /// <summary>The hard names.</summary>
    public static readonly string[] Names =
    [
        "100% \"Pure\" 'Live'", "a_b a%b", "AND OR NOT NEAR(x y)", "x* ^y col:z {w} -v", "\\ back \\\\ slash", "", " ", "a", "ab",
        "aa", "aaa", "aaaa", "aaaaaaaaaaaaaaaa",
        "la la la la la la la la la la", "na na na na hey hey", "banana ananas", "Beyoncé", "BEYONCE\u0301", "beyonce", "Motörhead",
        "ΟΔΥΣΣΕΥΣ οδυσσεύς", "Ёлка ЁЛКА",
        "ＡＢＣ ｶﾞｷﾞ", "がぎぐ か\u3099", "かきく", "한국 \u1112\u1161\u11AB", "愛", "愛愛愛愛", "東京愛", "straße STRASSE", "\u0301", "\u0301a\u0301",
        "tab\there\nand\u0001there", "nul\0inside", "𐐀𐐨 😀😀😀",
        "العَرَبِيَّة", "שָׁלוֹם", "हिन्दी", "ไทย ภาษา", "Æsir œuvre Øre Łódź", new('x', 30_000), "ﬁancée", "İstanbul ısı",
        "the the the the", "\u200B\uFEFFzero\u200Dwidth",
    ];

    /// <summary>The recorded catalog, a part of its names replaced by hard ones, in every table.</summary>
    public static string AddTo(TemporaryFolder folder, bool onlyThese = false)
    {
        var database = folder.AddConformanceCatalog();
        using var connection = SqliteFile.OpenForWriting(database);
        foreach (var table in new[] { "artists", "albums", "tracks" })
        {
            if (onlyThese)
            {
                connection.Execute($"UPDATE {table} SET name = '-'");
            }

            for (var i = 0; i < Names.Length; i++)
            {
                // As bytes: a string is bound up to its first zero.
                connection.Execute(
                    $"""
                    UPDATE {table} SET name = CAST(?1 AS TEXT)
                    WHERE rowid = (SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET ?2)
                    """,
                    Encoding.UTF8.GetBytes(Names[i]),
                    i * 3);
            }

            connection.Execute(
                $"UPDATE {table} SET name = CAST(X'C1FF41E282' AS TEXT) WHERE rowid = (SELECT max(rowid) FROM {table})");
        }

        connection.Execute("UPDATE artists SET followers_total = followers_total * 1000000000 WHERE rowid % 5 = 0");

        return database;
    }
}
