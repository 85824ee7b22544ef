using System.Runtime.InteropServices;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;
using MusicMetadata.Search.Building;

namespace MusicMetadata.Search;

/// <summary>A search by name that also wants artist, album or year to be right.</summary>
/// <remarks>
/// Candidates come from where there are few: from names that contain the text, from the artists that the filter means, or from the albums.
/// Each candidate is then told by its name and its records, so that the answer does not depend on where it came from.
/// </remarks>
/// <param name="query">What to find.</param>
/// <param name="folded">Its text, folded, not empty.</param>
/// <param name="filter">Its filters, of which something can come through.</param>
/// <param name="deadline">Ends the search.</param>
internal sealed class FilteredSearch(SearchQuery query, byte[] folded, RecordFilter filter, Deadline deadline)
{
    /// <summary>So few names with the text are looked at rather than anything else.</summary>
    private const int FewNames = 200;

    /// <summary>Artists or albums that are gone through: a read each, some 20 ms in all. More are as common as any text.</summary>
    private const int MaxNames = 1000;

    /// <summary>Tracks of artists that are put in order: the index has their popularity.</summary>
    private const int MaxOrdered = 200_000;

    /// <summary>Tracks or albums whose popularity is not in the index: all of them that have the text are read.</summary>
    private const int MaxUnordered = 20_000;

    private const int FirstBatch = 64;
    private const int MaxBatch = 1024;

    private readonly List<SortKey> _found = [];
    private readonly CatalogRecords _records = new();

    /// <summary>What was found, in the order of the answer; more than is wanted, maybe.</summary>
    public IEnumerable<CatalogKey> Hits => _found.Order().Skip(query.Offset).Take(query.Limit).Select(one => new CatalogKey(one.Key));

    /// <summary>Finds what is wanted by the index.</summary>
    /// <returns>False when only a scan can: a common text of one or two characters, of which the index has only the best names.</returns>
    public async ValueTask<bool> TryFindAsync(SearchIndex.Reader index, ICatalogReader reader)
    {
        var names = index[query.Entity].Count(folded);
        if (names is null or > FewNames)
        {
            if (await FindOfArtistsAsync(index, reader, names) is { } ofArtists)
            {
                await CheckInOrderAsync(reader, ofArtists);
                return true;
            }

            if (await FindOfOthersAsync(index, reader, names) is { } others)
            {
                foreach (var batch in others.Chunk(MaxBatch))
                {
                    deadline.ThrowIfOver();
                    await CheckAsync(reader, batch);
                }

                return true;
            }
        }

        if (names is null)
        {
            return false;
        }

        var candidates = new List<CatalogKey>();
        for (var size = FirstBatch; _found.Count < query.Wanted; size = Math.Min(size * 2, MaxBatch))
        {
            candidates.Clear();
            _ = index[query.Entity].Find(folded, size == FirstBatch, size, candidates, deadline);
            if (candidates.Count == 0)
            {
                break;
            }

            await CheckAsync(reader, candidates.ToArray());
        }

        return true;
    }

    /// <summary>Finds what is wanted by all names of the catalog, in the order of the answer.</summary>
    public async ValueTask ScanAsync(ICatalogReader scanner)
    {
        // Each round shows the names of the last one again, and four times as many.
        var done = 0;
        for (var count = MaxBatch; ; count *= 4)
        {
            var named = new List<CatalogKey>();
            await new NameFilter(folded, count, named).ScanAsync(scanner, query.Entity);
            foreach (var batch in named.Skip(done).Chunk(MaxBatch))
            {
                deadline.ThrowIfOver();
                await CheckAsync(scanner, batch);
                if (_found.Count >= query.Wanted)
                {
                    return;
                }
            }

            if (named.Count < count)
            {
                return;
            }

            done = named.Count;
        }
    }

    /// <summary>
    /// The tracks of the artists that are meant, in the order of the answer; null when there are too many, or fewer names with the text.
    /// </summary>
    private async ValueTask<CatalogKey[]?> FindOfArtistsAsync(SearchIndex.Reader index, ICatalogReader reader, long? names)
    {
        if (query.Entity != Entity.Track || await FindNamesAsync(index, reader, Entity.Artist, filter.Artist) is not { } artists)
        {
            return null;
        }

        var max = Math.Min(MaxOrdered, names ?? long.MaxValue);
        var tracks = new List<SortKey>();
        foreach (var hash in artists.Select(artist => TitleSketch.HashOfArtist(ComparisonForm.OfArtist(artist.Name))).Distinct())
        {
            foreach (var block in index.Blocks.ReadTracks(hash))
            {
                deadline.ThrowIfOver();
                foreach (ref readonly var track in block.Span)
                {
                    // The years of what an artist is a guest on are not in the index.
                    if (track.Year == 0 || filter.IsWanted(track.Year))
                    {
                        tracks.Add(new SortKey(track.Popularity, track.Track.Value));
                    }
                }

                if (tracks.Count > max)
                {
                    return null;
                }
            }
        }

        // A track of two of the artists is there twice.
        return SortKey.InOrder(tracks);
    }

    /// <summary>The tracks of the albums that are meant, or the albums of the artists, in any order; null as above.</summary>
    private async ValueTask<HashSet<CatalogKey>?> FindOfOthersAsync(SearchIndex.Reader index, ICatalogReader reader, long? names)
    {
        var (entity, text) = query.Entity == Entity.Track ? (Entity.Album, filter.Album) : (Entity.Artist, filter.Artist);
        if (await FindNamesAsync(index, reader, entity, text) is not { } others)
        {
            return null;
        }

        var max = Math.Min(MaxUnordered, names ?? long.MaxValue);
        var keys = new HashSet<CatalogKey>();
        foreach (var batch in others.Select(other => other.Key).Chunk(FirstBatch))
        {
            deadline.ThrowIfOver();
            var lists = new KeyLists();
            if (entity == Entity.Album)
            {
                await reader.FindTracksOfAlbumsAsync(batch, lists);
            }
            else if (!await reader.TryFindAlbumsOfArtistsAsync(batch, AlbumGroups.All, lists))
            {
                return null;
            }

            for (var i = 0; i < lists.Count; i++)
            {
                keys.UnionWith(MemoryMarshal.ToEnumerable(lists[i]));
            }

            if (keys.Count > max)
            {
                return null;
            }
        }

        return keys;
    }

    /// <summary>What has a name that contains a text; null when there is no text, or too much that has it.</summary>
    private async ValueTask<List<(CatalogKey Key, string Name)>?> FindNamesAsync(
        SearchIndex.Reader index, ICatalogReader reader, Entity entity, byte[]? text)
    {
        if (text is null || index[entity].Count(text) is null)
        {
            return null;
        }

        var keys = new List<CatalogKey>();
        _ = index[entity].Find(text, isFirst: true, MaxNames + 1, keys, deadline);
        if (keys.Count > MaxNames)
        {
            return null;
        }

        var found = new List<(CatalogKey, string)>();
        var buffer = Array.Empty<byte>();
        await reader.ReadNamesAsync(entity, keys.Order().ToArray(), (key, name) =>
        {
            if (NameFolding.Fold(name, ref buffer).IndexOf(text) >= 0)
            {
                found.Add((key, Encoding.UTF8.GetString(name)));
            }

            return true;
        });
        return found;
    }

    /// <summary>Checks candidates that are in the order of the answer, until there are enough.</summary>
    private async ValueTask CheckInOrderAsync(ICatalogReader reader, CatalogKey[] candidates)
    {
        var size = FirstBatch;
        for (var next = 0; next < candidates.Length && _found.Count < query.Wanted; size = Math.Min(size * 2, MaxBatch))
        {
            deadline.ThrowIfOver();
            var end = Math.Min(next + size, candidates.Length);
            await CheckAsync(reader, candidates[next..end]);
            next = end;
        }
    }

    /// <summary>Keeps of some candidates what is wanted: by the names first, which are quicker to read.</summary>
    private async ValueTask CheckAsync(ICatalogReader reader, CatalogKey[] keys)
    {
        var named = new List<CatalogKey>();
        await new NameFilter(folded, int.MaxValue, named).ReadAsync(reader, query.Entity, keys);
        named.Sort();
        _records.Clear();
        await reader.ReadAsync(query.Entity, named.ToArray(), filter.NeedsAlbums, _records);
        foreach (ref readonly var track in _records.Tracks)
        {
            if (filter.IsWanted(_records, track))
            {
                _found.Add(new SortKey(track.Popularity, track.Key.Value));
            }
        }

        if (query.Entity == Entity.Album)
        {
            foreach (ref readonly var album in _records.Albums)
            {
                if (filter.IsWanted(_records, album))
                {
                    _found.Add(new SortKey(album.Popularity, album.Key.Value));
                }
            }
        }
    }
}
