using System.Text;

namespace MusicMetadata.Evaluation;

/// <summary>Names in Latin letters, as files have them whose makers could not type the original.</summary>
internal static class Transliteration
{
    private static readonly string[] Cyrillic =
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".Split(' ');

    private static readonly string[] Greek = "a v g d e z i th i k l m n x o p r s s t y f ch ps o".Split(' ');

    private static readonly string[] Syllables =
        ("ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no "
        + "ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa").Split(' ');

    /// <summary>A text with its letters of other scripts in Latin ones. Of ideographs and the like any syllable will do.</summary>
    public static string Of(string text)
    {
        var result = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
        {
            var lower = char.ToLowerInvariant(letter);
            _ = lower switch
            {
                >= 'а' and <= 'я' => result.Append(Cyrillic[lower - 'а']),
                >= 'α' and <= 'ω' => result.Append(Greek[lower - 'α']),
                >= '\u0370' when char.IsLetter(letter) => result.Append(Syllables[letter % Syllables.Length]),
                _ => result.Append(letter),
            };
        }

        return result.ToString();
    }
}
