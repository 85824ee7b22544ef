using System.Text;

namespace MusicMetadata.Import.Demo.Invention;

/// <summary>The words of one script, most common first, as UTF-8.</summary>
internal sealed class Vocabulary
{
    private readonly byte[][] _words;
    private readonly byte[] _separator;
    private readonly int _octaves;

    private Vocabulary(Script script)
    {
        var common = script.Common.Split(' ');
        var syllables = script.Syllables.Split(' ');
        _octaves = script.Octaves;
        _separator = Encoding.UTF8.GetBytes(script.Separator);
        _words = new byte[(1 << script.Octaves) - 1][];
        var word = new StringBuilder();
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = i < common.Length ? Capitalize(common[i]) : Invent(script, syllables, i, word);
        }
    }

    /// <summary>
    /// The vocabularies of all scripts, in the order of <see cref="Script.All"/>. Some 20 MB, made in a few hundredths of a second.
    /// </summary>
    public static Vocabulary[] CreateAll() => Array.ConvertAll(Script.All, script => new Vocabulary(script));

    /// <summary>Adds some words to a text.</summary>
    public void AddWords(Utf8Text text, ref SplitMix random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                _ = text.Add(_separator);
            }

            _ = text.Add(_words[random.Zipf(_octaves)]);
        }
    }

    /// <summary>Adds words of which each is as likely as any other: the names of artists are not made of the commonest words.</summary>
    public void AddAnyWords(Utf8Text text, ref SplitMix random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                _ = text.Add(_separator);
            }

            _ = text.Add(_words[random.Below(_words.Length)]);
        }
    }

    private static byte[] Invent(Script script, string[] syllables, int rank, StringBuilder word)
    {
        // Not from the catalog's seed: examples in documentation may then search for words that every catalog has.
        var random = new SplitMix(script.PerThousand + script.Octaves, RowKind.Word, rank);
        _ = word.Clear();
        for (var left = 2 + random.Below(script.MaxSyllables - 1); left > 0; left--)
        {
            _ = word.Append(syllables[random.Below(syllables.Length)]);
        }

        return Capitalize(word.ToString());
    }

    private static byte[] Capitalize(string word) => Encoding.UTF8.GetBytes(char.ToUpperInvariant(word[0]) + word[1..]);
}
