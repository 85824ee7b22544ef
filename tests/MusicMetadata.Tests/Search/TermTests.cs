using System.Text;
using System.Text.RegularExpressions;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Search.Terms;

namespace MusicMetadata.Tests.Search;

/// <summary>What is found by words, years and genres is what going through all records finds, in the same order.</summary>
public sealed partial class TermTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = Seeded.Random();
    private readonly Dictionary<Entity, Row[]> _rows = [];
    private SearchCatalog _catalog = null!;

    public async ValueTask InitializeAsync()
    {
        _catalog = await SearchCatalog.OpenAsync(RandomCatalog.AddTo(_folder, _random));
        foreach (var entity in Enum.GetValues<Entity>())
        {
            _rows[entity] = await ReadAsync(entity);
        }

        foreach (var album in _rows[Entity.Album].Where(album => album.Years is [not 0]))
        {
            foreach (var artist in album.Credits)
            {
                var index = Array.FindIndex(_rows[Entity.Artist], row => row.Key == artist);
                if (index >= 0)
                {
                    _rows[Entity.Artist][index].Years.Add(album.Years[0]);
                }
            }
        }
    }

    [Fact]
    public async Task A_search_finds_what_going_through_all_records_finds()
    {
        var (found, most) = (0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var entity = Enum.GetValues<Entity>()[_random.Next(3)];
            var query = new TermQuery(entity)
            {
                Limit = _random.Next(1, 51),
                Offset = _random.Next(3) > 0 ? 0 : _random.Next(100),
                Text = Texts(2),
                Name = Texts(3),
                Artist = entity == Entity.Artist ? [] : Texts(3),
                Album = entity == Entity.Track ? Texts(4) : [],
                Years = _random.Next(3) == 0 ? [Years()] : [],
                Genres = entity != Entity.Album && _random.Next(4) == 0 ? [RandomCatalog.Genres[_random.Next(3)].ToUpperInvariant()] : [],
                IsLeastPopular = entity == Entity.Album && _random.Next(5) == 0,
            };
            var expected = Expect(query);
            var (keys, total) = await _catalog.FindAsync(query);
            Assert.True(Math.Min(expected.Count, TermQuery.MaxResults) == total, $"{expected.Count}, not {total}: {Describe(query)}");
            Assert.True(expected.Take(total).Skip(query.Offset).Take(query.Limit).SequenceEqual(keys), Describe(query));
            found += keys.Count > 0 ? 1 : 0;
            most = Math.Max(most, expected.Count);
        }

        Assert.True(found > 300, $"only {found} searches found something");
        Assert.True(most > TermQuery.MaxResults, $"no search has more than {most} results");
    }

    [Fact]
    public async Task Pages_do_not_overlap_and_end_where_the_total_says()
    {
        foreach (var text in new[] { "nova", "love", "nova cab the" })
        {
            var keys = new List<long>();
            var total = int.MaxValue;
            for (var offset = 0; offset < total; offset += 50)
            {
                var page = await _catalog.FindAsync(new TermQuery(Entity.Track) { Text = [text], Limit = 50, Offset = offset });
                total = page.Total;
                keys.AddRange(page.Keys);
            }

            Assert.Equal(total, keys.Count);
            Assert.Equal(keys.Distinct(), keys);
        }
    }

    [Fact]
    public async Task The_newest_albums_are_those_of_two_weeks()
    {
        // 2001-09-09 is the last day that a date of the catalog has in full.
        var expected = InOrder(_rows[Entity.Album].Where(row => row.Date == "2001-09-09")).ToList();
        var (keys, total) = await _catalog.FindAsync(new TermQuery(Entity.Album) { IsNew = true, Limit = 50 });
        Assert.Equal(expected.Count, total);
        Assert.Equal(expected.Take(50), keys);
    }

    [Fact]
    public async Task What_is_excluded_is_not_counted()
    {
        var all = await _catalog.FindAsync(new TermQuery(Entity.Track) { Text = ["zyx"], Limit = 50 });
        var even = await _catalog.FindAsync(new TermQuery(Entity.Track)
        {
            Text = ["zyx"],
            Limit = 50,
            Exclude = (reader, keys) =>
            {
                _ = keys.RemoveAll(one => one.Value % 2 == 1);
                return ValueTask.CompletedTask;
            },
        });
        Assert.InRange(even.Total, 1, all.Total - 1);
        Assert.All(even.Keys, key => Assert.Equal(0, key % 2));
        Assert.Equal(all.Keys.Where(key => key % 2 == 0).Take(10), even.Keys.Take(10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0301")]
    [InlineData("nothing has this")]
    public async Task What_no_name_has_is_not_found(string text) =>
        Assert.Equal(0, (await _catalog.FindAsync(new TermQuery(Entity.Track) { Text = [text], Limit = 1 })).Total);

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Names that are the text itself first; of all with its words, 1,000 are looked at.</summary>
    private List<long> Expect(TermQuery query)
    {
        var rows = _rows[query.Entity];
        if (query.Text.Count + query.Name.Count + query.Artist.Count + query.Album.Count + query.Years.Count + query.Genres.Count == 0
            && !query.IsLeastPopular)
        {
            return [];
        }

        var least = InOrder(rows).TakeLast(rows.Length / 10).ToHashSet();
        var wanted = rows.Where(row => IsWanted(row, query) && (!query.IsLeastPopular || least.Contains(row.Key.Value))).ToList();
        var name = query.Name.Count == 1 ? query.Name[0] : query.Name.Count == 0 && query.Text.Count == 1 ? query.Text[0] : null;
        var named = name is null ? [] : InOrder(wanted.Where(row => Words(name).IsSubsetOf(row.NameWords))).Take(TermQuery.MaxResults);
        var names = wanted.ToDictionary(row => row.Key.Value, row => Folded(row.Name));
        var exact = named.Where(key => names[key] == Folded(name!)).ToList();
        return [.. exact, .. InOrder(wanted).Except(exact)];
    }

    private static string Describe(TermQuery query) =>
        $"{query.Entity} {string.Join('|', query.Text)} name {string.Join('|', query.Name)} artist {string.Join('|', query.Artist)} "
        + $"album {string.Join('|', query.Album)} years {string.Join('|', query.Years.Select(years => $"{years.First}-{years.Last}"))} "
        + $"genres {string.Join('|', query.Genres)} least popular {query.IsLeastPopular} limit {query.Limit} offset {query.Offset}";

    private static bool IsWanted(Row row, TermQuery query) =>
        query.Text.All(text => Words(text).IsSubsetOf([.. row.NameWords, .. row.ArtistWords, .. row.AlbumWords]))
        && query.Name.All(text => Words(text).IsSubsetOf(row.NameWords))
        && query.Artist.All(text => Words(text).IsSubsetOf(row.ArtistWords))
        && query.Album.All(text => Words(text).IsSubsetOf(row.AlbumWords))
        && query.Genres.All(genre => row.Genres.Contains(genre, StringComparer.OrdinalIgnoreCase))
        && query.Years.All(years => query.Entity == Entity.Artist
            ? row.Years.Count > 0 && years.First <= row.Years.Max() && years.Last >= row.Years.Min()
            : row.Years.Any(year => year != 0 && year >= years.First && year <= years.Last));

    private static IEnumerable<long> InOrder(IEnumerable<Row> rows) =>
        rows.OrderByDescending(row => row.Order).ThenByDescending(row => row.Key).Select(row => row.Key.Value);

    /// <summary>Said again in another way: ideographs alone, letters and digits together, else what stands between spaces.</summary>
    private static HashSet<string> Words(string text)
    {
        var words = Word().Matches(Folded(text)).Select(match => match.Value).ToHashSet();
        return words.Count > 0 ? words : [.. Folded(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Folded(string text) => Encoding.UTF8.GetString(NameFolding.Fold(text));

    private string[] Texts(int oneIn) => _random.Next(oneIn) == 0
        ? [string.Join(' ', _random.GetItems(RandomCatalog.Words, _random.Next(1, 3)))]
        : [];

    private YearRange Years()
    {
        int[] years = [1850, 1990, 1994, 1995, 2001, 2002, 2150];
        var (one, other) = (years[_random.Next(years.Length)], years[_random.Next(years.Length)]);
        return new YearRange(Math.Min(one, other), Math.Max(one, other));
    }

    private async Task<Row[]> ReadAsync(Entity entity)
    {
        using var reader = await _catalog.Store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        var scanned = new CatalogRecords();
        await reader.ScanAsync(entity, CatalogKey.None, int.MaxValue, ScanFields.Match, scanned);
        CatalogKey[] keys = entity switch
        {
            Entity.Track => [.. scanned.Tracks.ToArray().Select(track => track.Key)],
            Entity.Album => [.. scanned.Albums.ToArray().Select(album => album.Key)],
            _ => [.. scanned.Artists.ToArray().Select(artist => artist.Key)],
        };
        var rows = new List<Row>();
        foreach (var key in keys)
        {
            var records = new CatalogRecords();
            await reader.ReadAsync(entity, (CatalogKey[])[key], withAlbums: true, records);
            rows.Add(Describe(records, entity));
        }

        return [.. rows];
    }

    private static Row Describe(CatalogRecords records, Entity entity)
    {
        switch (entity)
        {
            case Entity.Track:
                ref readonly var track = ref records.Tracks[0];
                var index = records.IndexOfAlbum(track.Album);
                var album = index < 0 ? default : records.Albums[index];
                return new Row(
                    track.Key, track.Popularity, Text(track.Name), Names(track.Artists), Genres(track.Artists),
                    index < 0 ? "" : Text(album.Name), [index < 0 ? 0 : Year(Text(album.ReleaseDate))], "", []);
            case Entity.Album:
                ref readonly var own = ref records.Albums[0];
                return new Row(
                    own.Key, own.Popularity, Text(own.Name), Names(own.Artists), [], "", [Year(Text(own.ReleaseDate))],
                    Text(own.ReleaseDate), records.Credits(own.Artists).ToArray());
            default:
                ref readonly var artist = ref records.Artists[0];
                return new Row(artist.Key, artist.Followers, Text(artist.Name), [], Genres(artist), "", [], "", []);
        }

        string Text(TextRange range) => Encoding.UTF8.GetString(records.Text(range));
        int Year(string date) => date.Length >= 4 && date[..4].All(char.IsAsciiDigit) ? int.Parse(date[..4]) : 0;
        string[] Names(ListRange credits) => [.. Of(credits).Select(artist => Text(artist.Name))];
        string[] Genres(object of) => of is ListRange credits
            ? [.. Of(credits).SelectMany(artist => records.Texts(artist.Genres).ToArray()).Select(Text)]
            : [.. records.Texts(((ArtistRecord)of).Genres).ToArray().Select(Text)];
        IEnumerable<ArtistRecord> Of(ListRange credits) =>
            records.Credits(credits).ToArray().Select(records.IndexOfArtist)
                .Where(index => index >= 0).Select(index => records.Artists[index]);
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}|[\p{L}\p{Nd}\p{Mn}\p{Mc}-[\p{IsCJKUnifiedIdeographs}]]+")]
    private static partial Regex Word();

    private sealed record Row(
        CatalogKey Key,
        long Order,
        string Name,
        string[] Artists,
        string[] Genres,
        string Album,
        List<int> Years,
        string Date,
        CatalogKey[] Credits)
    {
        public HashSet<string> NameWords { get; } = Words(Name);

        public HashSet<string> ArtistWords { get; } = [.. Artists.SelectMany(Words)];

        public HashSet<string> AlbumWords { get; } = Words(Album);
    }
}
