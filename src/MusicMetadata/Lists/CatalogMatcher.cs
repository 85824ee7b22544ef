using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Loading;
using MusicMetadata.Matching;
using MusicMetadata.Search;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Lists;

/// <summary>Matches with the files of a catalog, on all processors.</summary>
internal sealed class CatalogMatcher : IListMatcher
{
    private readonly ServedCatalog _catalog;
    private readonly SearchOptions _options;

    private CatalogMatcher(ServedCatalog catalog, SearchOptions options) => (_catalog, _options) = (catalog, options);

    /// <summary>Opens a catalog.</summary>
    /// <exception cref="OperatorException">It cannot be read, or has no search index.</exception>
    public static CatalogMatcher Open(StoreOptions store, SearchOptions search)
    {
        var matcher = new CatalogMatcher(new ServedCatalog(new CatalogLoader(store, search).Open()), search);
        matcher._catalog.Current.Search.Start(NullLogger.Instance);
        return matcher._catalog.Current.Search.IsReady ? matcher : throw matcher.NoIndex();
    }

    /// <inheritdoc/>
    public async Task<ListAnswer[]> MatchAsync(IReadOnlyList<MatchItem> items, CancellationToken cancellation)
    {
        var answers = new ListAnswer[items.Count];
        try
        {
            await Parallel.ForAsync(0, items.Count, cancellation, async (i, stop) =>
                answers[i] = items[i].IsEmpty ? ListAnswer.None : await MatchAsync(items[i], Deadline.Never(stop)));
        }
        catch (CatalogException e)
        {
            throw new OperatorException($"The catalog cannot be read: {e.Detail}");
        }

        return answers;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _catalog.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ListAnswer> MatchAsync(MatchItem item, Deadline deadline)
    {
        var catalog = _catalog.Current;
        using var reader = await catalog.Store.RentReaderAsync(ReaderPurpose.Lookup, deadline);
        var result = await catalog.Search.MatchAsync(reader, item, limit: 1, deadline) ?? throw NoIndex();
        var decision = result.Decision.ToString().ToLowerInvariant();
        if (result is { Decision: MatchDecision.None } or { Matches: [] })
        {
            return new ListAnswer(decision, 0, null);
        }

        var records = new CatalogRecords();
        await reader.ReadAsync(Entity.Track, (CatalogKey[])[result.Matches[0].Best.Track], withAlbums: true, records);
        var found = records.Tracks is [var track] ? Found(records, track) : null;
        return new ListAnswer(decision, Math.Round(result.Matches[0].Score, 4), found);
    }

    private static FoundTrack Found(CatalogRecords records, in TrackRecord track)
    {
        string Text(TextRange range) => Encoding.UTF8.GetString(records.Text(range));
        var artists = new List<string>();
        foreach (var artist in records.Credits(track.Artists))
        {
            if (records.IndexOfArtist(artist) is >= 0 and var at)
            {
                artists.Add(Text(records.Artists[at].Name));
            }
        }

        var album = records.IndexOfAlbum(track.Album);
        return new FoundTrack(
            Text(track.Id),
            Text(track.Isrc),
            Text(track.Name),
            string.Join(", ", artists),
            album < 0 ? "" : Text(records.Albums[album].Name),
            track.DurationMs);
    }

    private OperatorException NoIndex() =>
        new(_options.IndexPath is { } path
            ? $"Matching needs the search index, and {path} is none that fits the catalog. Build it: {_options.BuildCommand}"
            : "Matching needs the search index, which is switched off.");
}
