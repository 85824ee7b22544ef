using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Catalog;

/// <summary>Is shown the name of a track, an album or an artist, valid during the call only. False ends what shows the names.</summary>
public delegate bool NameVisitor(CatalogKey key, ReadOnlySpan<byte> name);

/// <summary>Is shown a list of markets, valid during the call only: codes of countries (ISO 3166-1) with commas between them.</summary>
public delegate void MarketListVisitor(long list, ReadOnlySpan<byte> markets);

/// <summary>
/// One reader of a store, rented by one request. Looking up is two steps: finding keys for what a client named, and reading the records of
/// keys. Every method takes as many as there are to ask for, so that a store that is far away answers them in one go; local stores complete
/// at once.
/// </summary>
/// <remarks>
/// Every method may throw a <see cref="CatalogException"/> when the catalog cannot be read or the deadline is over, and
/// <see cref="OperationCanceledException"/> soon after the client has gone. One call at a time.
/// </remarks>
public interface ICatalogReader : IDisposable
{
    /// <summary>
    /// Finds the keys of ids; <see cref="CatalogKey.None"/> for those that nothing has. In a catalog made from MusicBrainz, ids may be
    /// written as UUIDs, and those that were merged are found as what they were merged into.
    /// </summary>
    /// <param name="entity">What the ids are of.</param>
    /// <param name="ids">What to find, in any order.</param>
    /// <param name="keys">Takes the keys, in the order of the ids.</param>
    ValueTask FindAsync(Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys);

    /// <summary>Adds, for each album, the list of its tracks by disc, then track number, then key.</summary>
    ValueTask FindTracksOfAlbumsAsync(ReadOnlyMemory<CatalogKey> albums, KeyLists tracks);

    /// <summary>Adds, for each ISRC, the list of the tracks with exactly this code, most popular first, then by key.</summary>
    ValueTask FindTracksByIsrcAsync(ReadOnlyMemory<string> isrcs, KeyLists tracks);

    /// <summary>
    /// Adds, for each artist, the list of its albums, each once: newest first as their release dates compare as texts, then by key. An
    /// album of several groups counts as the artist's own.
    /// </summary>
    /// <param name="artists">Whose albums.</param>
    /// <param name="groups">Which of them.</param>
    /// <param name="albums">Takes a list for each artist.</param>
    /// <returns>False when the store does not keep them.</returns>
    ValueTask<bool> TryFindAlbumsOfArtistsAsync(ReadOnlyMemory<CatalogKey> artists, AlbumGroups groups, KeyLists albums);

    /// <summary>
    /// Adds, for each recording, the list of its tracks, most popular first, then by key. A recording is named by its MBID in either form;
    /// a catalog that was not made from MusicBrainz knows of none.
    /// </summary>
    ValueTask FindTracksOfRecordingsAsync(ReadOnlyMemory<string> recordings, KeyLists tracks);

    /// <summary>
    /// Adds the records of keys, in their order, with all that they refer to: the artists of albums, and the artists of tracks. What does
    /// not exist is left out.
    /// </summary>
    /// <param name="entity">What the keys are of.</param>
    /// <param name="keys">What to read; in ascending order where the caller may choose.</param>
    /// <param name="withAlbums">Whether the albums of tracks are read too.</param>
    /// <param name="records">Takes the records.</param>
    ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records);

    /// <summary>Reads the numbers of the lists of markets of tracks or albums; 0 for what does not exist, or where none is known.</summary>
    /// <param name="entity">What the keys are of; artists have no markets.</param>
    /// <param name="keys">What to read.</param>
    /// <param name="lists">Takes the numbers, in the order of the keys.</param>
    ValueTask ReadMarketListsAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, Memory<long> lists);

    /// <summary>Shows all lists of markets: some ten thousand in a large catalog, none where the store does not keep them.</summary>
    ValueTask ScanMarketListsAsync(MarketListVisitor visit);

    /// <summary>
    /// Finds what has ids and adds its records, for those who want nothing but the records: in one go, where each question is a journey.
    /// </summary>
    /// <param name="entity">What the ids are of.</param>
    /// <param name="ids">What to find, in any order.</param>
    /// <param name="keys">Takes the keys, in the order of the ids.</param>
    /// <param name="withAlbums">Whether the albums of tracks are read too.</param>
    /// <param name="records">Takes the records of what was found.</param>
    async ValueTask LookUpAsync(
        Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
    {
        await FindAsync(entity, ids, keys);
        var found = keys.Span.Contains(CatalogKey.None) ? keys.ToArray().Where(key => !key.IsNone).ToArray() : keys;
        if (!found.IsEmpty)
        {
            await ReadAsync(entity, found, withAlbums, records);
        }
    }

    /// <summary>Shows the names of keys in their order, until one is enough. What does not exist is left out.</summary>
    ValueTask ReadNamesAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, NameVisitor visit);

    /// <summary>
    /// Shows all names in the order of search results, until one is enough: tracks and albums most popular first, artists most followed
    /// first, then the highest key. For rare names that is the whole catalog.
    /// </summary>
    ValueTask ScanNamesAsync(Entity entity, NameVisitor visit);

    /// <summary>
    /// Adds the next records after a key, in ascending order of keys, without what they refer to: for those who read all records, as
    /// building an index does. None are added when there are no more; fewer than asked for says nothing.
    /// </summary>
    /// <param name="entity">What to read.</param>
    /// <param name="after">The last key that was read; <see cref="CatalogKey.None"/> to begin.</param>
    /// <param name="maxCount">How many to add at most.</param>
    /// <param name="fields">What the records must have; the rest of them may be empty.</param>
    /// <param name="records">Takes the records.</param>
    ValueTask ScanAsync(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records);

    /// <summary>How much of an entity there is, as far as the store can tell without reading it all.</summary>
    ValueTask<EntityExtent> MeasureAsync(Entity entity);
}
