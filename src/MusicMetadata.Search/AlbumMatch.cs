using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Matching;
using MusicMetadata.Matching.Text;
using MusicMetadata.Search.Blocks;

namespace MusicMetadata.Search;

/// <summary>Finds the album that a folder of files is.</summary>
/// <remarks>
/// Candidates are the albums with the folder's UPC, those of its name, and, unless one of these is accepted, those on which most of the
/// files' recordings are.
/// </remarks>
/// <param name="index">Where candidates are found.</param>
/// <param name="reader">Reads their records.</param>
/// <param name="item">What to find.</param>
/// <param name="deadline">Ends the search.</param>
internal sealed class AlbumMatch(SearchIndex.Reader index, ICatalogReader reader, AlbumItem item, Deadline deadline)
{
    /// <summary>Albums that are compared in each of the two steps.</summary>
    private const int MaxAlbums = 10;

    /// <summary>Tracks of an album that are compared.</summary>
    private const int MaxTracks = 400;

    /// <summary>Files whose recordings are searched for.</summary>
    private const int MaxVoters = 12;

    private readonly AlbumScorer _scorer = new(item);
    private readonly Dictionary<CatalogKey, ScoredAlbum?> _albums = [];
    private readonly CatalogRecords _records = new();
    private bool _isComplete = true;

    /// <summary>Finds it.</summary>
    /// <exception cref="CatalogException">The catalog cannot be read, or the deadline is over.</exception>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public async ValueTask<AlbumMatchResult> FindAsync()
    {
        await CompareAsync(FindByCode());
        if (Result() is { Decision: MatchDecision.Accept } byCode)
        {
            return byCode;
        }

        await CompareAsync(FindByName());
        if (Result() is { Decision: MatchDecision.Accept } byName && byName.Best!.Pairs.Count == item.Files.Count)
        {
            return byName;
        }

        await CompareAsync(await FindByFilesAsync());
        return Result();
    }

    private AlbumMatchResult Result() => AlbumMatchResult.Of([.. _albums.Values.OfType<ScoredAlbum>()], _isComplete);

    private List<CatalogKey> FindByCode()
    {
        var albums = new List<CatalogKey>();
        if (item.Upc is { } code && BlockKeys.OfUpc(code) is { } upc)
        {
            index.Blocks.FindUpc(upc, albums);
        }

        return albums;
    }

    private List<CatalogKey> FindByName()
    {
        var albums = new List<AlbumEntry>();
        if (!string.IsNullOrWhiteSpace(item.Album))
        {
            index.Blocks.FindAlbums(TitleSketch.HashOfAlbumName(TitleParser.Parse(item.Album).Core), albums);
        }

        var artists = item.Artists.SelectMany(artist => ArtistNames.Split(artist).Prepend(artist))
            .Select(artist => (byte)TitleSketch.HashOfArtist(ComparisonForm.OfArtist(artist)))
            .ToHashSet();
        var byArtist = albums.Where(album => artists.Contains(album.ArtistHash)).ToList();
        var wanted = byArtist.Count > 0 ? byArtist : albums;
        _isComplete &= wanted.Count <= MaxAlbums;
        return [.. wanted
            .OrderBy(album => Math.Abs(album.TotalTracks - item.Files.Count))
            .ThenBy(album => item.Year is { } year && album.Year > 0 ? Math.Abs(album.Year - year) : 0)
            .ThenBy(album => album.Album)
            .Take(MaxAlbums)
            .Select(album => album.Album)];
    }

    /// <summary>The albums of most of the files' recordings.</summary>
    private async ValueTask<List<CatalogKey>> FindByFilesAsync()
    {
        var votes = new Dictionary<CatalogKey, double>();

        // Spread over the folder: the first files may be those of another disc.
        var step = Math.Max(1, (item.Files.Count + MaxVoters - 1) / MaxVoters);
        for (var i = 0; i < item.Files.Count; i += step)
        {
            var file = item.WithFolder(item.Files[i]);
            if (file.IsEmpty)
            {
                continue;
            }

            var result = await new TrackMatch(index, reader, file, limit: 3, deadline).FindAsync();
            var tracks = result.Matches.SelectMany(match => match.Rows.Take(5).Select(row => (row.Track, match.Score)))
                .DistinctBy(vote => vote.Track).OrderBy(vote => vote.Track).ToArray();
            _records.Clear();
            await reader.ReadAsync(Entity.Track, tracks.Select(vote => vote.Track).ToArray(), withAlbums: false, _records);
            for (var row = 0; row < _records.Tracks.Length; row++)
            {
                var album = _records.Tracks[row].Album;
                var track = _records.Tracks[row].Key;
                votes[album] = votes.GetValueOrDefault(album) + tracks.First(vote => vote.Track == track).Score;
            }
        }

        return [.. votes.OrderByDescending(vote => vote.Value).ThenBy(vote => vote.Key).Take(MaxAlbums).Select(vote => vote.Key)];
    }

    private async ValueTask CompareAsync(List<CatalogKey> albums)
    {
        foreach (var album in albums.Where(album => !_albums.ContainsKey(album)).Order().ToArray())
        {
            deadline.ThrowIfOver();
            var tracks = new KeyLists();
            await reader.FindTracksOfAlbumsAsync((CatalogKey[])[album], tracks);
            _isComplete &= tracks[0].Length <= MaxTracks;
            _records.Clear();
            await reader.ReadAsync(Entity.Album, (CatalogKey[])[album], withAlbums: false, _records);
            await reader.ReadAsync(Entity.Track, tracks[0][..Math.Min(tracks[0].Length, MaxTracks)], withAlbums: false, _records);
            _albums[album] = AlbumCandidate.Of(_records, album) is { } candidate ? _scorer.Compare(candidate) : null;
        }
    }
}
