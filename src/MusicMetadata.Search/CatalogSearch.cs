using Microsoft.Extensions.Logging;
using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Search.Blocks;
using MusicMetadata.Search.Terms;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>Finds what is in a catalog: with its index where there is one; names also without.</summary>
/// <remarks>
/// Whoever asks the index holds a reader of the catalog, so that nobody waits for two things: the index has as many connections as the
/// catalog has readers.
/// </remarks>
/// <param name="options">Where the index is, and how it is opened.</param>
/// <param name="source">The identity that an index must have been built for; another one is not used.</param>
public sealed class CatalogSearch(SearchOptions options, CatalogIdentity source) : IDisposable
{
    private readonly CurrentIndex _index = new(options, source);

    /// <summary>Whether there is an index that can be asked.</summary>
    public bool IsReady => _index.IsReady;

    /// <summary>Opens the index, says in the log what searches will use, and begins to look for another one every few seconds.</summary>
    public void Start(ILogger log) => _index.Start(log);

    /// <summary>
    /// Finds the first names that contain a text, of what its filters let through: tracks and albums most popular first, artists most
    /// followed first, then the highest key. By the index where there is one; otherwise names are read one by one, which for rare ones
    /// means all of them, and filters are not possible.
    /// </summary>
    /// <param name="store">The catalog, which this search was made for.</param>
    /// <param name="query">What to find.</param>
    /// <param name="hits">Takes the keys of the hits, in the order of the answer; empty before.</param>
    /// <param name="deadline">Ends the search.</param>
    /// <exception cref="CatalogException">The search took too long, or the catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async ValueTask<SearchMethod> SearchAsync(ICatalogStore store, SearchQuery query, List<CatalogKey> hits, Deadline deadline)
    {
        var folded = NameFolding.Fold(query.Text);
        if (query.HasFilters)
        {
            return await SearchFilteredAsync(store, query, folded, hits, deadline);
        }

        if (folded.Length == 0)
        {
            // Nothing but marks, which no name has after folding; an empty text would be contained in every name.
            return SearchMethod.Index;
        }

        if (IsReady)
        {
            using var reader = await store.TryRentReaderAsync(ReaderPurpose.Lookup, deadline);
            if (reader is null)
            {
                return SearchMethod.Refused;
            }

            if (await TryAskAsync(index => SearchIndexAsync(index, reader, query, folded, hits, deadline)))
            {
                hits.RemoveRange(0, Math.Min(query.Offset, hits.Count));
                return SearchMethod.Index;
            }

            hits.Clear();
        }

        using var scanner = await store.TryRentReaderAsync(ReaderPurpose.Scan, deadline);
        if (scanner is null)
        {
            return SearchMethod.Refused;
        }

        await new NameFilter(folded, query.Wanted, hits).ScanAsync(scanner, query.Entity);
        hits.RemoveRange(0, Math.Min(query.Offset, hits.Count));
        return SearchMethod.Scan;
    }

    /// <summary>Adds, for each Universal Product Code, the list of the albums that have it, but for leading zeros, by key.</summary>
    /// <param name="upcs">The codes. What is none is no album's.</param>
    /// <param name="albums">Takes a list for each code.</param>
    /// <returns>False when there is no index to find them by.</returns>
    public ValueTask<bool> TryFindAlbumsByUpcAsync(ReadOnlyMemory<string> upcs, KeyLists albums) => TryAskAsync(index =>
    {
        var found = upcs.ToArray().Select(upc =>
        {
            var keys = new List<CatalogKey>();
            if (Upc.IsCode(upc) && BlockKeys.OfUpc(upc) is { } number)
            {
                index.Blocks.FindUpc(number, keys);
            }

            return keys;
        });
        foreach (var keys in found.ToArray())
        {
            keys.ForEach(albums.Add);
            albums.EndList();
        }

        return ValueTask.CompletedTask;
    });

    /// <summary>Adds the most popular tracks that an artist is credited for, then the highest key.</summary>
    /// <param name="reader">A reader of the catalog, which this search was made for.</param>
    /// <param name="artist">Whose.</param>
    /// <param name="limit">How many to find.</param>
    /// <param name="tracks">Takes them; empty before.</param>
    /// <param name="deadline">Ends the search.</param>
    /// <returns>False when there is no index to find them by.</returns>
    /// <exception cref="CatalogException">It took too long, or the catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public ValueTask<bool> TryFindTopTracksAsync(
        ICatalogReader reader, CatalogKey artist, int limit, List<CatalogKey> tracks, Deadline deadline) =>
        TryAskAsync(index => TopTracks.FindAsync(index, reader, artist, limit, tracks, deadline));

    /// <summary>Finds what has words, and what else a query asks for.</summary>
    /// <param name="reader">A reader of the catalog, which this search was made for.</param>
    /// <param name="query">What to find.</param>
    /// <param name="deadline">Ends the search.</param>
    /// <returns>The answer; null when there is no index to find it by, or one without terms.</returns>
    /// <exception cref="CatalogException">The search took too long, or the catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async ValueTask<TermResult?> FindAsync(ICatalogReader reader, TermQuery query, Deadline deadline)
    {
        TermResult? result = null;
        _ = await TryAskAsync(async index =>
            result = index.HasTerms ? await new TermSearch(index, reader, query, deadline).FindAsync() : null);
        return result;
    }

    /// <summary>Finds the recordings that an item may be.</summary>
    /// <param name="reader">A reader of the catalog, which this search was made for.</param>
    /// <param name="item">What is known of it.</param>
    /// <param name="limit">How many recordings to return, the likeliest first.</param>
    /// <param name="deadline">Ends the search.</param>
    /// <returns>The answer; null when there is no index to find candidates by.</returns>
    /// <exception cref="CatalogException">The search took too long, or the catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public ValueTask<MatchResult?> MatchAsync(ICatalogReader reader, MatchItem item, int limit, Deadline deadline) =>
        AskAsync(index => new TrackMatch(index, reader, item, limit, deadline).FindAsync());

    /// <summary>Finds the album that a folder of files is.</summary>
    /// <param name="reader">A reader of the catalog, which this search was made for.</param>
    /// <param name="item">What is known of it.</param>
    /// <param name="deadline">Ends the search.</param>
    /// <returns>The answer; null when there is no index to find candidates by.</returns>
    /// <exception cref="CatalogException">The search took too long, or the catalog cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public ValueTask<AlbumMatchResult?> MatchAlbumAsync(ICatalogReader reader, AlbumItem item, Deadline deadline) =>
        AskAsync(index => new AlbumMatch(index, reader, item, deadline).FindAsync());

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    private async ValueTask<SearchMethod> SearchFilteredAsync(
        ICatalogStore store, SearchQuery query, byte[] folded, List<CatalogKey> hits, Deadline deadline)
    {
        var filter = new RecordFilter(query);
        if (!IsReady)
        {
            return SearchMethod.NoIndex;
        }

        if (folded.Length == 0 || filter.LetsNothingThrough)
        {
            return SearchMethod.Index;
        }

        var search = new FilteredSearch(query, folded, filter, deadline);
        var isFound = false;
        using (var reader = await store.TryRentReaderAsync(ReaderPurpose.Lookup, deadline))
        {
            if (reader is null)
            {
                return SearchMethod.Refused;
            }

            if (!await TryAskAsync(async index => isFound = await search.TryFindAsync(index, reader)))
            {
                return SearchMethod.NoIndex;
            }
        }

        if (!isFound)
        {
            using var scanner = await store.TryRentReaderAsync(ReaderPurpose.Scan, deadline);
            if (scanner is null)
            {
                return SearchMethod.Refused;
            }

            await search.ScanAsync(scanner);
        }

        hits.AddRange(search.Hits);
        return isFound ? SearchMethod.Index : SearchMethod.Scan;
    }

    private static async ValueTask SearchIndexAsync(
        SearchIndex.Reader index, ICatalogReader reader, SearchQuery query, byte[] folded, List<CatalogKey> hits, Deadline deadline)
    {
        var candidates = new List<CatalogKey>();
        var filter = new NameFilter(folded, query.Wanted, hits);
        for (var isFirst = true; hits.Count < query.Wanted; isFirst = false)
        {
            candidates.Clear();
            var isExact = index[query.Entity].Find(folded, isFirst, query.Wanted - hits.Count, candidates, deadline);
            if (candidates.Count == 0)
            {
                break;
            }

            if (isExact)
            {
                hits.AddRange(candidates);
                break;
            }

            await filter.ReadAsync(reader, query.Entity, candidates.ToArray());
        }
    }

    /// <summary>Asks the index for something; null when there is none, or it proved to be damaged.</summary>
    private async ValueTask<T?> AskAsync<T>(Func<SearchIndex.Reader, ValueTask<T>> ask)
        where T : class
    {
        T? answer = null;
        _ = await TryAskAsync(async index => answer = await ask(index));
        return answer;
    }

    /// <summary>Asks the index; false when there is none any more, or it proved to be damaged.</summary>
    private async ValueTask<bool> TryAskAsync(Func<SearchIndex.Reader, ValueTask> ask)
    {
        using var reader = _index.TryRent();
        if (reader is null)
        {
            return false;
        }

        try
        {
            await ask(reader);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException || (e is SqliteException damaged && damaged.Path == options.IndexPath))
        {
            _index.GiveUp(reader.Index, e);
            return false;
        }
    }
}
