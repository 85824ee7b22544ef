using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;
using MusicMetadata.Search.Building;

namespace MusicMetadata.Search;

/// <summary>Finds the most popular tracks of an artist.</summary>
/// <remarks>The index has the tracks of all artists of one name together; whose they are, their records tell.</remarks>
internal static class TopTracks
{
    private const int MaxBatch = 512;

    /// <summary>Adds the tracks, most popular first, then the highest key.</summary>
    /// <param name="index">Where they are found.</param>
    /// <param name="reader">Reads their records.</param>
    /// <param name="artist">Whose.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="tracks">Takes them; empty before.</param>
    /// <param name="deadline">Ends the search.</param>
    public static async ValueTask FindAsync(
        SearchIndex.Reader index, ICatalogReader reader, CatalogKey artist, int limit, List<CatalogKey> tracks, Deadline deadline)
    {
        long? hash = null;
        await reader.ReadNamesAsync(Entity.Artist, (CatalogKey[])[artist], (_, name) =>
        {
            hash = TitleSketch.HashOfArtist(ComparisonForm.OfArtist(Encoding.UTF8.GetString(name)));
            return true;
        });
        var found = new List<SortKey>();
        foreach (var block in hash is null ? [] : index.Blocks.ReadTracks(hash.Value))
        {
            deadline.ThrowIfOver();
            foreach (ref readonly var track in block.Span)
            {
                found.Add(new SortKey(track.Popularity, track.Track.Value));
            }
        }

        // A track of two artists of the name is there twice.
        var candidates = SortKey.InOrder(found);
        var records = new CatalogRecords();
        for (var (next, size) = (0, limit); next < candidates.Length && tracks.Count < limit; size = Math.Min(size * 2, MaxBatch))
        {
            deadline.ThrowIfOver();
            var end = Math.Min(next + size, candidates.Length);
            records.Clear();
            await reader.ReadAsync(Entity.Track, candidates.AsMemory(next, end - next), withAlbums: false, records);
            next = end;
            foreach (ref readonly var track in records.Tracks)
            {
                if (tracks.Count < limit && records.Credits(track.Artists).Contains(artist))
                {
                    tracks.Add(track.Key);
                }
            }
        }
    }
}
