using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
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

    private readonly List<ScoredTrack> _rows = [];
    private readonly HashSet<CatalogKey> _read = [];
    private readonly CatalogRecords _records = new();
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
            if (await IsAcceptedAsync(scorers) && !_rows.Exists(row => row.Evidence?.Title is TitleLevel.Clash or TitleLevel.OtherScript))
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
                var before = _rows.Count;
                await find(scorer);
                if (_rows.Count > before && await IsAcceptedAsync(scorers))
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
        await ReadAsync(tracks[0][..Math.Min(tracks[0].Length, MaxRecords / 2)].ToArray(), scorers);
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
            found.AddRange(tracks.Select(track => Estimate(scorer, track, artist, null)));
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
                _rows.Add(byKey[key]);
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

        await ReadAsync([.. keys.Take(MaxRecords / 2)], [scorer]);
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
        await ReadAsync([.. wanted.OrderBy(one => one.Distance).Take(most).Select(one => one.Key)], [scorer]);
    }

    private static bool HasArtist(Scorer scorer) => scorer.ArtistForms.Any();

    private void Find(Scorer scorer, string artistForm, ArtistLevel? level)
    {
        var found = new List<TrackSketch>();
        var artist = TitleSketch.HashOfArtist(artistForm);
        _ = index.Blocks.FindTracks(artist, scorer.TitleHash, found);
        _rows.AddRange(found.Select(track => Estimate(scorer, track, artist, level)));
    }

    private static ScoredTrack Estimate(Scorer scorer, in TrackSketch track, long artist, ArtistLevel? level)
    {
        var fits = level ?? (
            !track.IsPrimary ? ArtistLevel.Any
            : track.ArtistCount == Math.Min(3, scorer.ArtistCount) ? ArtistLevel.All
            : ArtistLevel.Primary);
        var (odds, editionOdds) = scorer.Estimate(track, fits);
        return new ScoredTrack
        {
            Track = track.Track,
            Interpretation = scorer.Interpretation,
            TitleHash = track.TitleHash,
            ArtistHash = artist,
            Versions = track.Versions,
            DetailHash = track.DetailHash,
            DurationMs = track.DurationMs,
            Popularity = track.Popularity,
            LogOdds = odds,
            EditionLogOdds = editionOdds,
        };
    }

    /// <summary>Whether the best recording can be accepted, by the records of what is best and next best.</summary>
    private async ValueTask<bool> IsAcceptedAsync(Scorer[] scorers)
    {
        var ranked = await RankAsync(scorers, 2);
        return Recordings.Decide(ranked, isComplete: true, out _) == MatchDecision.Accept;
    }

    /// <summary>Ranks the recordings, and reads records until those of the best are known.</summary>
    /// <param name="scorers">Compare.</param>
    /// <param name="count">Of how many recordings.</param>
    private async ValueTask<IReadOnlyList<RecordingMatch>> RankAsync(Scorer[] scorers, int count)
    {
        // Editions of the best that could be the right one too, as far as the index tells.
        const int MaxEditions = 3;
        const double EditionsApart = 1.0;
        while (true)
        {
            var ranked = Recordings.Rank(_rows);
            var editions = ranked.Take(1).SelectMany(best =>
                best.Rows.TakeWhile(row => best.Best.EditionLogOdds - row.EditionLogOdds < EditionsApart).Take(MaxEditions));
            var unread = ranked.Take(count).Select(match => match.Best)
                .Concat(editions)
                .Where(row => row.Evidence is null)
                .Select(row => row.Track)
                .Distinct()
                .ToArray();
            if (unread.Length == 0 || _read.Count >= MaxRecords)
            {
                return ranked;
            }

            await ReadAsync(unread, scorers);
        }
    }

    /// <summary>Reads records, and compares each as the scorer does that it fits best.</summary>
    private async ValueTask ReadAsync(CatalogKey[] keys, Scorer[] scorers)
    {
        Array.Sort(keys);
        keys = [.. keys.Where(_read.Add)];
        _records.Clear();
        await reader.ReadAsync(Entity.Track, keys, withAlbums: true, _records);
        var empty = new Scorer(item, Interpretation.Empty);
        for (var i = 0; i < _records.Tracks.Length; i++)
        {
            var candidate = Candidate.Of(_records, i);
            var (scorer, evidence) = scorers.DefaultIfEmpty(empty)
                .Select(scorer => (Scorer: scorer, Evidence: scorer.Compare(candidate)))
                .MaxBy(one => one.Evidence.LogOdds);
            _ = _rows.RemoveAll(row => row.Track == candidate.Track);
            _rows.Add(new ScoredTrack
            {
                Track = candidate.Track,
                Interpretation = scorer.Interpretation,
                TitleHash = TitleSketch.HashOf(candidate.Title.Core),
                ArtistHash = candidate.Artists is [var artist, ..] ? TitleSketch.HashOfArtist(artist) : 0,
                Versions = candidate.Title.Versions,
                DetailHash = candidate.Title.DetailHash,
                DurationMs = candidate.DurationMs,
                Popularity = candidate.Popularity,
                LogOdds = evidence.LogOdds,
                EditionLogOdds = evidence.EditionLogOdds,
                Candidate = candidate,
                Evidence = evidence,
            });
        }

        // A record that is gone is no candidate.
        _ = _rows.RemoveAll(row => row.Evidence is null && keys.Contains(row.Track));
    }

    private async ValueTask<MatchResult> ResultAsync(Scorer[] scorers)
    {
        var ranked = await RankAsync(scorers, Math.Max(2, limit));
        var decision = Recordings.Decide(ranked, _isComplete, out var margin);
        var interpretation = ranked is [var best, ..] ? best.Best.Interpretation : scorers is [var first, ..] ? first.Interpretation : null;
        var matches = ranked.Where(match => match.Best.Evidence is not null).Take(limit);
        return new MatchResult(decision, margin, _isComplete, interpretation, [.. matches]);
    }
}
