namespace MusicMetadata.Catalog;

/// <summary>International Standard Recording Codes (ISO 3901): twelve characters such as <c>GBAYE0601498</c>.</summary>
public static class Isrc
{
    /// <summary>
    /// The form in which registries keep a code: upper case, without the hyphens and spaces people write it with. Anything else is kept:
    /// the catalog holds codes that the standard does not allow.
    /// </summary>
    public static string Canonical(string isrc) =>
        string.Concat(isrc.Where(character => character is not ('-' or ' '))).ToUpperInvariant();

    /// <summary>Adds, for each ISRC, the list of the tracks with the code as it was given; if there are none, those with its canonical form.</summary>
    public static async ValueTask FindTracksByIsrcInAnyFormAsync(this ICatalogReader reader, ReadOnlyMemory<string> isrcs, KeyLists tracks)
    {
        var given = new KeyLists();
        await reader.FindTracksByIsrcAsync(isrcs, given);
        var others = Enumerable.Range(0, isrcs.Length).Where(i => given[i].IsEmpty && Canonical(isrcs.Span[i]) != isrcs.Span[i]).ToArray();
        var canonical = new KeyLists();
        if (others.Length > 0)
        {
            await reader.FindTracksByIsrcAsync(others.Select(i => Canonical(isrcs.Span[i])).ToArray(), canonical);
        }

        for (var i = 0; i < isrcs.Length; i++)
        {
            var found = Array.BinarySearch(others, i) is >= 0 and var other ? canonical[other] : given[i];
            foreach (var key in found.Span)
            {
                tracks.Add(key);
            }

            tracks.EndList();
        }
    }
}
