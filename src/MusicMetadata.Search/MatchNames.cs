using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Search;

/// <summary>
/// Reads the names that candidates are found by, each once: an item that is understood in several ways asks for the same ones again.
/// </summary>
/// <param name="index">Finds names that contain a text.</param>
/// <param name="reader">Reads names.</param>
/// <param name="max">How many are read in all: a page each on cold storage.</param>
/// <param name="deadline">Ends the search.</param>
internal sealed class MatchNames(SearchIndex.Reader index, ICatalogReader reader, int max, Deadline deadline)
{
    private readonly Dictionary<(Entity, CatalogKey), string> _names = [];

    /// <summary>The names that contain a text, the most followed or popular first.</summary>
    public async ValueTask<List<(CatalogKey Key, string Name)>> ContainingAsync(Entity entity, string part, int count)
    {
        var keys = new List<CatalogKey>();
        var names = new List<(CatalogKey Key, string Name)>();
        var folded = NameFolding.Fold(part);
        if (folded.Length > 0)
        {
            _ = index[entity].Find(folded, isFirst: true, count, keys, deadline);
            names = await OfAsync(entity, keys);
        }

        return names;
    }

    /// <summary>The names of keys, as far as so many may be read.</summary>
    public async ValueTask<List<(CatalogKey Key, string Name)>> OfAsync(Entity entity, IEnumerable<CatalogKey> keys)
    {
        var wanted = keys.ToArray();
        var left = max - _names.Count;
        var unread = wanted.Where(key => !_names.ContainsKey((entity, key))).Take(Math.Max(0, left)).Order().ToArray();
        await reader.ReadNamesAsync(entity, unread, (key, name) =>
        {
            _names[(entity, key)] = Encoding.UTF8.GetString(name);
            return true;
        });
        return [.. wanted.Where(key => _names.ContainsKey((entity, key))).Select(key => (key, _names[(entity, key)]))];
    }

    /// <summary>A text in parts of one length.</summary>
    public static IEnumerable<string> PartsOf(string text, int count)
    {
        var length = text.Length / count;
        for (var i = 0; i < count && length >= 2; i++)
        {
            var part = text.AsSpan(i * length, i == count - 1 ? text.Length - (i * length) : length).Trim();
            if (part.Length >= 2 && !char.IsLowSurrogate(part[0]) && !char.IsHighSurrogate(part[^1]))
            {
                yield return part.ToString();
            }
        }
    }
}
