using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Search;

namespace MusicMetadata.Evaluation;

/// <summary>Albums as folders of files with noise.</summary>
internal sealed class Folders(EvaluationCatalog catalog)
{
    private const int MinTracks = 5;
    private const int MaxTracks = 60;

    /// <summary>How often the album, in any edition, is first; and the F1 measure of which file is which recording.</summary>
    public async Task<(int Count, double First, double F1)> MeasureAsync(int count, Random random)
    {
        var truth = catalog.Truth;
        var albums = truth.Albums.Values
            .Where(album => album.Rows.Count is >= MinTracks and <= MaxTracks && !album.Rows.Any(row => truth.Removed.Contains(row.Rowid)))
            .ToArray();
        random.Shuffle(albums);
        using var reader = await catalog.Store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.Never());
        using var index = catalog.Index.TryRent()!;
        var (first, right, paired, files) = (0, 0, 0, 0);
        foreach (var album in albums.Take(count))
        {
            var (item, rows) = ToFolder(album, random);
            var result = await new AlbumMatch(index, reader, item, Deadline.Never()).FindAsync();
            files += rows.Length;
            if (result.Best is { } best)
            {
                first += truth.Albums[best.Candidate.Album.Value].Release == album.Release ? 1 : 0;
                paired += best.Pairs.Count;
                right += best.Pairs.Count(pair =>
                    truth.Row(best.Candidate.Tracks[pair.Track].Track.Value).Recording == rows[pair.File].Recording);
            }
        }

        var measured = Math.Min(count, albums.Length);
        return (measured, (double)first / measured, 2.0 * right / (paired + files));
    }

    private (AlbumItem Item, TruthRow[] Rows) ToFolder(TruthAlbum album, Random random)
    {
        // Some folders lack files; all are in no order.
        var rows = album.Rows.Where(_ => random.Next(100) >= 5).DefaultIfEmpty(album.Rows[0]).ToArray();
        random.Shuffle(rows);
        var drafts = rows.Select(row => Noise.Mix(Draft.Clean(catalog.Truth, row), catalog.Truth, random)).ToArray();
        var name = random.Next(100) < 15 ? null : album.Name;
        return (new AlbumItem
        {
            Album = name,
            Artists = random.Next(100) < 15 ? [] : [catalog.Truth.Artist(album.Rows[0].Artists[0])],
            Year = album.Year > 0 && random.Next(100) < 50 ? album.Year : null,
            Upc = random.Next(100) < 10 && album.Upc.Length > 0 ? album.Upc : null,
            Files = [.. drafts.Select(draft => draft.ToItem())],
        }, rows);
    }
}
