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

    /// <summary>Finds, for each ISRC, the tracks with the code as it was given; if there are none, those with its canonical form.</summary>
    /// <param name="reader">Where to look.</param>
    /// <param name="isrcs">Codes in any form.</param>
    /// <param name="tracks">Takes a list for each code; empty before.</param>
    public static async ValueTask FindTracksByIsrcInAnyFormAsync(this ICatalogReader reader, ReadOnlyMemory<string> isrcs, KeyLists tracks)
    {
        await reader.FindTracksByIsrcAsync(isrcs, tracks);
        List<int>? others = null;
        for (var i = 0; i < isrcs.Length; i++)
        {
            if (tracks[i].IsEmpty && Canonical(isrcs.Span[i]) != isrcs.Span[i])
            {
                (others ??= []).Add(i);
            }
        }

        if (others is null)
        {
            return;
        }

        var canonical = new KeyLists();
        await reader.FindTracksByIsrcAsync(others.Select(i => Canonical(isrcs.Span[i])).ToArray(), canonical);
        var given = Enumerable.Range(0, isrcs.Length).Select(i => tracks[i].ToArray()).ToArray();
        tracks.Clear();
        for (var i = 0; i < isrcs.Length; i++)
        {
            var other = others.BinarySearch(i);
            foreach (var key in other >= 0 ? canonical[other].Span : given[i])
            {
                tracks.Add(key);
            }

            tracks.EndList();
        }
    }
}
