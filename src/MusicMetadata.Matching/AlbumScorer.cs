using MusicMetadata.Matching.Text;

namespace MusicMetadata.Matching;

/// <summary>A file of a folder and the track of an album that it is.</summary>
/// <param name="File">The file's number in the item, from 0.</param>
/// <param name="Track">The track's number in the album's list, from 0.</param>
/// <param name="Distance">How far apart they are, 0 for alike to 1.</param>
public readonly record struct AlbumPair(int File, int Track, double Distance);

/// <summary>An album and how it fits a folder.</summary>
/// <param name="Candidate">The album.</param>
/// <param name="Pairs">Which file is which track.</param>
/// <param name="LogOdds">The sum of the log-odds of all that was compared.</param>
public sealed record ScoredAlbum(AlbumCandidate Candidate, IReadOnlyList<AlbumPair> Pairs, double LogOdds);

/// <summary>Compares a folder of files with albums.</summary>
public sealed class AlbumScorer
{
    /// <summary>A file and a track that are farther apart than this are no pair.</summary>
    public const double MaxDistance = 0.45;

    private const double TitleWeight = 3;
    private const double DurationWeight = 3;
    private const double NumberWeight = 1;
    private const double DiscWeight = 1;
    private const double IsrcWeight = 5;

    /// <summary>Milliseconds from which on two lengths have nothing in common.</summary>
    private const double MaxDurationDelta = 30_000;

    private readonly AlbumItem _item;
    private readonly Scorer[][] _files;
    private readonly string _form;
    private readonly string _core;
    private readonly string[] _artists;
    private readonly string _upc;

    /// <summary>Prepares the folder's side of the comparison.</summary>
    public AlbumScorer(AlbumItem item)
    {
        _item = item;
        _files = [.. item.Files.Select(file =>
            Interpretation.Of(file).Where(one => !one.IsSwapped).Select(one => new Scorer(file, one)).ToArray())];
        _form = ComparisonForm.Of(item.Album ?? "");
        _core = TitleParser.Parse(item.Album ?? "").Core;
        _artists = [.. item.Artists.Where(artist => !ArtistNames.IsUnknown(artist))
            .SelectMany(artist => ArtistNames.Split(artist).Prepend(artist))
            .Select(ComparisonForm.OfArtist)
            .Distinct(StringComparer.Ordinal)];
        _upc = (item.Upc ?? "").TrimStart('0');
    }

    /// <summary>Compares with an album.</summary>
    public ScoredAlbum Compare(AlbumCandidate album)
    {
        var distances = new double[_files.Length, album.Tracks.Count];
        for (var file = 0; file < _files.Length; file++)
        {
            for (var track = 0; track < album.Tracks.Count; track++)
            {
                distances[file, track] = Distance(file, album.Tracks[track]);
            }
        }

        var assigned = Assignment.Solve(distances, MaxDistance);
        var pairs = assigned
            .Select((track, file) => new AlbumPair(file, track, track < 0 ? 1 : distances[file, track]))
            .Where(pair => pair.Track >= 0 && pair.Distance < MaxDistance)
            .ToArray();
        return new ScoredAlbum(album, pairs, LogOdds(album, pairs));
    }

    private double LogOdds(AlbumCandidate album, AlbumPair[] pairs)
    {
        // How many files are there, how alike they are, and how many tracks have none.
        var found = (double)pairs.Length / _files.Length;
        var quality = pairs.Length == 0 ? 0 : 1 - (pairs.Average(pair => pair.Distance) / MaxDistance);
        var missing = 1 - ((double)pairs.Length / Math.Max(1, album.Tracks.Count));
        var odds = (10 * found * quality) - (6 * (1 - found)) - (3 * missing);
        odds += _upc.Length == 0 || album.Upc.Length == 0 ? 0 : _upc == album.Upc ? 6 : -1;
        odds += NameOdds(album);
        odds += _artists.Length == 0 || album.Artists.Count == 0 ? 0 : _artists.Any(album.Artists.Contains) ? 2.5 : -2;
        if (_item.Year is { } year && album.ReleaseDate.Length >= 4 && int.TryParse(album.ReleaseDate.AsSpan(0, 4), out var released))
        {
            odds += Math.Abs(year - released) switch { 0 => 1, 1 => 0.2, _ => -0.6 };
        }

        return odds;
    }

    private double NameOdds(AlbumCandidate album)
    {
        if (_form.Length == 0 || album.Name.Length == 0)
        {
            return 0;
        }

        var limit = EditDistance.LimitFor(Math.Max(_core.Length, album.Core.Length));
        return _form == album.Name ? 3
            : _core == album.Core ? 2.2
            : EditDistance.Between(_core, album.Core, limit) <= limit ? 1.5
            : -1.5;
    }

    private double Distance(int file, Candidate track)
    {
        var item = _item.Files[file];
        var (sum, weights) = (0.0, 0.0);
        if (_files[file].Length > 0)
        {
            Add(TitleWeight, _files[file].Min(scorer => TitleDistance(scorer.Compare(track))));
        }

        if (item.DurationMs is { } duration && track.DurationMs > 0)
        {
            Add(DurationWeight, Math.Clamp((Math.Abs(duration - track.DurationMs) - 2000) / MaxDurationDelta, 0, 1));
        }

        if (item.TrackNumber is { } number)
        {
            Add(NumberWeight, number == track.TrackNumber ? 0 : 1);
        }

        if (item.DiscNumber is { } disc)
        {
            Add(DiscWeight, disc == track.DiscNumber ? 0 : 1);
        }

        if (!string.IsNullOrWhiteSpace(item.Isrc) && track.Isrc.Length > 0)
        {
            Add(IsrcWeight, Catalog.Isrc.Canonical(item.Isrc) == track.Isrc ? 0 : 1);
        }

        return weights > 0 ? sum / weights : 1;

        void Add(double weight, double distance)
        {
            sum += weight * distance;
            weights += weight;
        }
    }

    private static double TitleDistance(Evidence evidence)
    {
        var title = evidence.Title switch
        {
            TitleLevel.Exact or TitleLevel.Core => 0,
            TitleLevel.Typo => 0.5 * (1 - evidence.TitleSimilarity),
            TitleLevel.OtherScript or TitleLevel.Missing => 0.5,
            _ => Math.Max(0.5, 1 - evidence.TitleSimilarity),
        };

        // Two versions of a song on one album must not change places.
        return evidence.VersionDifference == TitleVersions.None
            ? title
            : Math.Min(1, title + (ScoringModel.OfVersion(evidence.VersionDifference) < -1 ? 0.4 : 0.1));
    }
}
