using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching;

namespace MusicMetadata.Search;

/// <summary>The tracks that an item may be, as far as they have been found; reads the records of the best, and ranks them.</summary>
/// <param name="reader">Reads records.</param>
/// <param name="item">What is to be found.</param>
/// <param name="maxRecords">How many records may be read in all.</param>
internal sealed class TrackCandidates(ICatalogReader reader, MatchItem item, int maxRecords)
{
    private readonly List<ScoredTrack> _rows = [];
    private readonly HashSet<CatalogKey> _read = [];
    private readonly CatalogRecords _records = new();

    /// <summary>What has been found.</summary>
    public IReadOnlyList<ScoredTrack> Rows => _rows;

    /// <summary>Adds a track.</summary>
    public void Add(ScoredTrack track) => _rows.Add(track);

    /// <summary>A track that the index has, compared as far as what it keeps goes.</summary>
    /// <param name="scorer">Compares.</param>
    /// <param name="track">The track.</param>
    /// <param name="artist">The hash of the name below which it was found.</param>
    /// <param name="level">How that name fits the item's; null when it is one of the item's.</param>
    public static ScoredTrack Estimate(Scorer scorer, in TrackSketch track, long artist, ArtistLevel? level)
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
    public async ValueTask<bool> IsAcceptedAsync(Scorer[] scorers)
    {
        var ranked = await RankAsync(scorers, 2);
        return Recordings.Decide(ranked, isComplete: true, out _) == MatchDecision.Accept;
    }

    /// <summary>Ranks the recordings, and reads records until those of the best are known.</summary>
    /// <param name="scorers">Compare.</param>
    /// <param name="count">Of how many recordings.</param>
    public async ValueTask<IReadOnlyList<RecordingMatch>> RankAsync(Scorer[] scorers, int count)
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
            if (unread.Length == 0 || _read.Count >= maxRecords)
            {
                return ranked;
            }

            await ReadAsync(unread, scorers);
        }
    }

    /// <summary>Reads records, and compares each as the scorer does that it fits best.</summary>
    public async ValueTask ReadAsync(CatalogKey[] keys, Scorer[] scorers)
    {
        Array.Sort(keys);
        keys = [.. keys.Where(_read.Add)];
        _records.Clear();
        await reader.ReadAsync(Entity.Track, keys, withAlbums: true, _records);

        // An item that has nothing but codes is compared by them.
        scorers = scorers.Length > 0 ? scorers : [new Scorer(item, Interpretation.Empty)];
        for (var i = 0; i < _records.Tracks.Length; i++)
        {
            var candidate = Candidate.Of(_records, i);
            var (scorer, evidence) = scorers
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
}
