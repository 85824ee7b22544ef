using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Building;

/// <summary>
/// Some records from all over a catalog, by which it is decided which texts get numbers, and from which the dictionary is made.
/// </summary>
/// <param name="source">Reads the catalog.</param>
internal sealed class CatalogSample(CatalogSource source)
{
    private const int Places = 400;
    private const int AlbumsAtPlace = 40;
    private const int ArtistsAtPlace = 10;
    private const int MaxCodes = 4000;
    private const int MinUses = 5;
    private const int DictionarySize = 112_640;

    /// <summary>Decides which texts get numbers.</summary>
    public async Task<Codes> FindCodesAsync(CancellationToken cancellation)
    {
        var counter = new CodeCounter();
        await VisitAsync(new RecordWriter(counter), _ => { }, cancellation);
        return new Codes(counter.MostFrequent(MinUses, MaxCodes));
    }

    /// <summary>Makes the dictionary; empty when there are too few records to learn from.</summary>
    public async Task<byte[]> TrainAsync(Codes codes, CancellationToken cancellation)
    {
        var samples = new List<byte[]>();
        var content = new ByteBuffer();
        await VisitAsync(
            new RecordWriter(codes),
            record =>
            {
                record.CopyContent(content);
                samples.Add(content.Bytes.ToArray());
            },
            cancellation);
        return Zstd.TrainDictionary(samples, DictionarySize);
    }

    private async Task VisitAsync(RecordWriter record, Action<RecordWriter> visit, CancellationToken cancellation)
    {
        var writer = new AlbumWriter(record);
        var records = new CatalogRecords();
        var seen = new HashSet<CatalogKey>();
        await foreach (var place in source.PlacesAsync(Entity.Track, Places))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var album in (await source.AlbumsAfterAsync(place, AlbumsAtPlace)).Where(seen.Add))
            {
                var row = await source.FindTracksAsync(album);
                await source.ReadAlbumAsync(album, records);
                writer.Write(row, album, records);
                visit(record);
            }
        }

        await foreach (var place in source.PlacesAsync(Entity.Artist, Places))
        {
            foreach (var artist in await source.ReadArtistsAsync(place, ArtistsAtPlace, records))
            {
                writer.WriteArtist(records, records.Artists[records.IndexOfArtist(artist)]);
                visit(record);
            }
        }
    }

    private sealed class CodeCounter : ICodes
    {
        private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

        public int Find(ReadOnlySpan<byte> text)
        {
            var key = Codes.Latin(text);
            _uses[key] = _uses.GetValueOrDefault(key) + 1;
            return 0;
        }

        public IEnumerable<byte[]> MostFrequent(int minUses, int maxCount) => _uses
            .Where(use => use.Value >= minUses)
            .OrderByDescending(use => use.Value)
            .ThenBy(use => use.Key, StringComparer.Ordinal)
            .Take(maxCount)
            .Select(use => System.Text.Encoding.Latin1.GetBytes(use.Key));
    }
}
