using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;
using MusicMetadata.Search.Blocks;

namespace MusicMetadata.Search;

/// <summary>Finds the recordings that one item may be.</summary>
/// <remarks>
/// Cheap ways to find candidates come first, and none is tried once a recording is accepted. A candidate is compared by what the index
/// keeps of it; only the records of the best are read from the catalog, which is a random read for each.
/// </remarks>
/// <param name="index">Where candidates are found.</param>
/// <param name="reader">Reads their records.</param>
/// <param name="item">What to find.</param>
/// <param name="limit">How many recordings to return.</param>
/// <param name="deadline">Ends the search.</param>
internal sealed class TrackMatch(SearchIndex.Reader index, ICatalogReader reader, MatchItem item, int limit, Deadline deadline)
{
    /// <summary>Blocks of one artist that are searched for similar titles: some 4,000 tracks.</summary>
    private const int MaxBlocks = 32;

    /// <summary>Titles whose names are read to find similar ones.</summary>
    private const int MaxSimilarTitles = 24;

    /// <summary>Names that are tried for an artist: the whole text, and what it may be made of.</summary>
    private const int MaxArtistForms = 8;

    /// <summary>Artists of a similar name that are tried.</summary>
    private const int MaxSimilarArtists = 8;

    /// <summary>Names that are read to find those.</summary>
    private const int MaxArtistNames = 40;

    /// <summary>Tracks whose names are read when there is no artist to go by.</summary>
    private const int MaxTitles = 200;

    /// <summary>Tracks whose names are read when the artist that the item names has none that fits.</summary>
    private const int MaxTitlesOfOthers = 30;

    /// <summary>Records that are read of those.</summary>
    private const int MaxRecordsOfOthers = 6;

    /// <summary>Names that are read in all for an item with an artist: a page each on cold storage.</summary>
    private const int MaxNames = 56;

    /// <summary>Albums whose tracks are compared when there is no artist to go by.</summary>
    private const int MaxAlbums = 10;

    /// <summary>Records that are read in all.</summary>
    private const int MaxRecords = 40;

    private readonly TrackCandidates _found = new(reader, item, MaxRecords);
    private readonly MatchNames _names = new(index, reader, item.Artists.Count > 0 ? MaxNames : MaxTitles, deadline);
    private CatalogKey[]? _albumTracks;
    private bool _isComplete = true;

    /// <summary>Finds them.</summary>
    /// <exception cref="CatalogException">The catalog cannot be read, or the deadline is over.</exception>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public async ValueTask<MatchResult> FindAsync()
    {
        var scorers = Interpretation.Of(item).Select(interpretation => new Scorer(item, interpretation)).ToArray();
        if (!string.IsNullOrWhiteSpace(item.Isrc))
        {
            await FindByIsrcAsync(scorers);

            // Codes are wrong at times: with another title it may be so, and the title is looked for too.
            if (await _found.IsAcceptedAsync(scorers)
                && !_found.Rows.Any(row => row.Evidence?.Title is TitleLevel.Clash or TitleLevel.OtherScript))
            {
                return await ResultAsync(scorers);
            }
        }

        foreach (var find in (Func<Scorer, ValueTask>[])
            [FindExactAsync, FindSimilarTitlesAsync, FindByAlbumAsync, FindSimilarArtistsAsync, FindByTitleAsync])
        {
            foreach (var scorer in scorers)
            {
                deadline.ThrowIfOver();
                var before = _found.Rows.Count;
                await find(scorer);
                if (_found.Rows.Count > before && await _found.IsAcceptedAsync(scorers))
                {
                    return await ResultAsync(scorers);
                }
            }
        }

        return await ResultAsync(scorers);
    }

    private async ValueTask FindByIsrcAsync(Scorer[] scorers)
    {
        var tracks = new KeyLists();
        await reader.FindTracksByIsrcInAnyFormAsync((string[])[item.Isrc!.Trim()], tracks);
        await _found.ReadAsync(tracks[0][..Math.Min(tracks[0].Length, MaxRecords / 2)].ToArray(), scorers);
    }

    /// <summary>The title, below each name that the artist may have.</summary>
    private ValueTask FindExactAsync(Scorer scorer)
    {
        foreach (var form in scorer.ArtistForms.Take(MaxArtistForms))
        {
            Find(scorer, form, null);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Titles with a typing error, or cut short, below each name that the artist may have.</summary>
    private async ValueTask FindSimilarTitlesAsync(Scorer scorer)
    {
        if (EditDistance.LimitFor(scorer.Interpretation.Title.Core.Length) == 0)
        {
            return;
        }

        var found = new List<ScoredTrack>();
        var areAll = true;
        foreach (var form in scorer.ArtistForms.Take(MaxArtistForms))
        {
            var tracks = new List<TrackSketch>();
            var artist = TitleSketch.HashOfArtist(form);
            areAll &= index.Blocks.FindTracks(artist, MaxBlocks, scorer.MayBeTitle, tracks);
            found.AddRange(tracks.Select(track => TrackCandidates.Estimate(scorer, track, artist, null)));
        }

        // A sketch says little of long titles: their names say more, and take a page each where records take many.
        var byKey = found.OrderByDescending(row => row.LogOdds)
            .DistinctBy(row => row.Track)
            .Take(MaxSimilarTitles)
            .ToDictionary(row => row.Track);
        foreach (var (key, name) in await _names.OfAsync(Entity.Track, byKey.Keys))
        {
            if (scorer.IsSimilarTitle(TitleParser.Parse(name).Core))
            {
                _found.Add(byKey[key]);
            }
        }

        if (!areAll)
        {
            await FindBySimilarTitleAsync(scorer);
        }
    }

    /// <summary>
    /// The title with a typing error, whoever recorded it: for artists with more tracks than can be compared. Of so many parts of the title
    /// one at least has no error in it.
    /// </summary>
    private async ValueTask FindBySimilarTitleAsync(Scorer scorer)
    {
        var text = scorer.Interpretation.Title.Text;
        var parts = EditDistance.LimitFor(scorer.Interpretation.Title.Core.Length) + 1;
        var keys = new SortedSet<CatalogKey>();
        foreach (var part in MatchNames.PartsOf(text, parts))
        {
            foreach (var (key, name) in await _names.ContainingAsync(Entity.Track, part, MaxSimilarTitles / parts))
            {
                if (scorer.IsSimilarTitle(TitleParser.Parse(name).Core))
                {
                    _ = keys.Add(key);
                }
            }
        }

        await _found.ReadAsync([.. keys.Take(MaxRecords / 2)], [scorer]);
    }

    /// <summary>The title below artists whose name has a typing error.</summary>
    private async ValueTask FindSimilarArtistsAsync(Scorer scorer)
    {
        var names = new List<string>();
        foreach (var form in scorer.ArtistForms.Take(MaxArtistForms / 2))
        {
            // Of one part more than there are errors one at least has none: two long parts first, which few names have.
            for (var errors = 1; errors <= EditDistance.LimitFor(form.Length); errors++)
            {
                foreach (var part in MatchNames.PartsOf(form, errors + 1))
                {
                    foreach (var (_, name) in await _names.ContainingAsync(Entity.Artist, part, MaxArtistNames / (errors + 1)))
                    {
                        var other = ComparisonForm.OfArtist(name);
                        if (other != form && EditDistance.Between(form, other, errors) <= errors && !names.Contains(other))
                        {
                            names.Add(other);
                        }
                    }
                }
            }
        }

        foreach (var name in names.Take(MaxSimilarArtists))
        {
            Find(scorer, name, ArtistLevel.Typo);
        }
    }

    /// <summary>The title on albums of the name that the item has, whoever made them.</summary>
    private async ValueTask FindByAlbumAsync(Scorer scorer)
    {
        if (string.IsNullOrWhiteSpace(item.Album) || scorer.Interpretation.Title.Core.Length == 0)
        {
            return;
        }

        _albumTracks ??= await FindAlbumTracksAsync();
        await ReadTitlesAsync(scorer, _albumTracks, isOnAlbum: true);
    }

    private async ValueTask<CatalogKey[]> FindAlbumTracksAsync()
    {
        var albums = new List<AlbumEntry>();
        index.Blocks.FindAlbums(TitleSketch.HashOfAlbumName(TitleParser.Parse(item.Album!).Core), albums);
        _isComplete &= albums.Count <= MaxAlbums;
        var keys = albums.OrderBy(album => item.Year is { } year ? Math.Abs(year - album.Year) : 0)
            .Take(MaxAlbums).Select(album => album.Album).Order().ToArray();
        var tracks = new KeyLists();
        await reader.FindTracksOfAlbumsAsync(keys, tracks);
        return [.. Enumerable.Range(0, keys.Length).SelectMany(i => tracks[i].ToArray()).Take(MaxTitles)];
    }

    /// <summary>The title, whoever recorded it: the most popular ones.</summary>
    private async ValueTask FindByTitleAsync(Scorer scorer)
    {
        var folded = NameFolding.Fold(scorer.Interpretation.Title.Text);
        if (folded.Length == 0)
        {
            return;
        }

        var keys = new List<CatalogKey>();
        var count = HasArtist(scorer) ? MaxTitlesOfOthers : MaxTitles;
        _ = index[Entity.Track].Find(folded, isFirst: true, count, keys, deadline);
        _isComplete &= keys.Count < MaxTitles;
        await ReadTitlesAsync(scorer, keys, isOnAlbum: false);
    }

    /// <summary>Reads the records of those tracks that have the title.</summary>
    private async ValueTask ReadTitlesAsync(Scorer scorer, IReadOnlyList<CatalogKey> keys, bool isOnAlbum)
    {
        var core = scorer.Interpretation.Title.Core;
        var limit = EditDistance.LimitFor(core.Length);
        var wanted = new List<(int Distance, CatalogKey Key)>();
        var names = await _names.OfAsync(Entity.Track, keys);
        _isComplete &= names.Count == keys.Count || HasArtist(scorer);
        foreach (var (key, name) in names)
        {
            // A title in another script may be the same one, transliterated: album, length and number have to tell.
            var other = TitleParser.Parse(name).Core;
            var distance = EditDistance.Between(core, other, limit);
            if (distance <= limit || (isOnAlbum && ComparisonForm.AreOfOtherScripts(core, other)))
            {
                wanted.Add((distance, key));
            }
        }

        // Those without an error first; of these, in the order of the keys, the most popular.
        var most = isOnAlbum || !HasArtist(scorer) ? MaxRecords / 2 : MaxRecordsOfOthers;
        _isComplete &= wanted.Count <= most || HasArtist(scorer);
        await _found.ReadAsync([.. wanted.OrderBy(one => one.Distance).Take(most).Select(one => one.Key)], [scorer]);
    }

    private static bool HasArtist(Scorer scorer) => scorer.ArtistForms.Any();

    private void Find(Scorer scorer, string artistForm, ArtistLevel? level)
    {
        var found = new List<TrackSketch>();
        var artist = TitleSketch.HashOfArtist(artistForm);
        _ = index.Blocks.FindTracks(artist, scorer.TitleHash, found);
        foreach (var track in found)
        {
            _found.Add(TrackCandidates.Estimate(scorer, track, artist, level));
        }
    }

    private async ValueTask<MatchResult> ResultAsync(Scorer[] scorers)
    {
        var ranked = await _found.RankAsync(scorers, Math.Max(2, limit));
        var decision = Recordings.Decide(ranked, _isComplete, out var margin);
        var interpretation = ranked is [var best, ..] ? best.Best.Interpretation : scorers is [var first, ..] ? first.Interpretation : null;
        var matches = ranked.Where(match => match.Best.Evidence is not null).Take(limit);
        return new MatchResult(decision, margin, _isComplete, interpretation, [.. matches]);
    }
}
