using System.Globalization;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Counts what refers to rows that are not in the dump: a few do in every real one.</summary>
internal sealed class LeftOut
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts one.</summary>
    /// <param name="what">What is left out, in the plural.</param>
    public void Add(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    /// <summary>All counts in a sentence; empty when nothing was left out.</summary>
    public override string ToString()
    {
        var counts = _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} ({count.Value:N0})"));
        return _counts.Count == 0 ? "" : $"Left out, because what they refer to is not in the dump: {string.Join(", ", counts)}.";
    }
}
