using System.Globalization;
using System.IO.Hashing;
using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Matching.Text;

/// <summary>
/// The form in which names are compared: folded as for searching, letters and digits only, single spaces between words. An index of
/// candidates is only as good as the form it was built with: a change here needs a new version of the index.
/// </summary>
public static class ComparisonForm
{
    /// <summary>The form of a title or an album's name.</summary>
    /// <param name="name">The name. One without letters and digits, such as <c>???</c>, keeps its characters: they are all it has.</param>
    public static string Of(string name)
    {
        var folded = Encoding.UTF8.GetString(NameFolding.Fold(name));
        var form = new StringBuilder(folded.Length);
        var isWordEnded = false;
        foreach (var rune in folded.EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                if (isWordEnded && form.Length > 0)
                {
                    _ = form.Append(' ');
                }

                isWordEnded = false;
                _ = form.Append(rune.ToString());
            }
            else if (rune.Value is '&' or '+')
            {
                _ = form.Append(form.Length > 0 ? " and" : "and");
                isWordEnded = true;
            }
            else if (!IsApostrophe(rune))
            {
                isWordEnded = true;
            }
        }

        return form.Length > 0 ? form.ToString() : folded.Replace('\0', ' ').Trim();
    }

    /// <summary>The form of an artist's name, to which an article in front does not belong.</summary>
    public static string OfArtist(string name)
    {
        var form = Of(name);
        return form.StartsWith("the ", StringComparison.Ordinal) ? form[4..] : form;
    }

    /// <summary>A hash of a form, the same on every machine and in every version of the program.</summary>
    public static ulong Hash(string form) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(form));

    /// <summary>Whether two forms are written in scripts of which one cannot be typed for the other, such as Latin and Cyrillic.</summary>
    public static bool AreOfOtherScripts(string left, string right) =>
        ScriptOf(left) is var one and not Script.None && ScriptOf(right) is var other and not Script.None && one != other;

    private static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol;

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’' or '‘' or 'ʼ' or '`' or '´' or '′';

    /// <summary>The script of a form's first letter.</summary>
    private static Script ScriptOf(string form)
    {
        foreach (var character in form)
        {
            if (char.IsLetter(character))
            {
                return character switch
                {
                    < 'Ͱ' => Script.Latin,
                    < 'Ѐ' => Script.Greek,
                    < '԰' => Script.Cyrillic,
                    < '֐' => Script.Armenian,
                    < '؀' => Script.Hebrew,
                    < '܀' => Script.Arabic,
                    >= '぀' and <= 'ヿ' or >= '㐀' and <= '鿿' => Script.HanAndKana,
                    >= '가' and <= '힣' => Script.Hangul,
                    >= 'Ḁ' and < 'ἀ' => Script.Latin,
                    _ => Script.Other,
                };
            }
        }

        return Script.None;
    }

    private enum Script
    {
        None,
        Latin,
        Greek,
        Cyrillic,
        Armenian,
        Hebrew,
        Arabic,
        HanAndKana,
        Hangul,
        Other,
    }
}
