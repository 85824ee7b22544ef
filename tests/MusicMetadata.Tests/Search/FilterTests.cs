using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Search;

namespace MusicMetadata.Tests.Search;

/// <summary>What is found by the index is what going through all records finds, in the same order.</summary>
public sealed class FilterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = Seeded.Random();
    private SearchCatalog _catalog = null!;
    private Row[] _tracks = [];
    private Row[] _albums = [];
    private (CatalogKey Key, string Upc)[] _upcs = [];

    public async ValueTask InitializeAsync()
    {
        _catalog = await SearchCatalog.OpenAsync(RandomCatalog.AddTo(_folder, _random));
        var records = new CatalogRecords();
        using var reader = await _catalog.Store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        foreach (var entity in Enum.GetValues<Entity>())
        {
            await reader.ScanAsync(entity, CatalogKey.None, int.MaxValue, ScanFields.Match, records);
        }

        string[] Artists(ListRange credits) =>
        [
            .. records.Credits(credits).ToArray().Select(records.IndexOfArtist).Where(index => index >= 0)
                .Select(index => Text(records.Artists[index].Name)),
        ];
        string Text(TextRange range) => Encoding.UTF8.GetString(records.Text(range));
        int Year(TextRange date) => Text(date) is { Length: >= 4 } text && text[..4].All(char.IsAsciiDigit) ? int.Parse(text[..4]) : 0;

        foreach (var album in records.Albums.ToArray())
        {
            var year = Year(album.ReleaseDate);
            _albums = [.. _albums, new Row(album.Key, album.Popularity, Text(album.Name), null, year, Artists(album.Artists), [])];
            _upcs = [.. _upcs, (album.Key, Text(album.Upc))];
        }

        var albums = _albums.ToDictionary(album => album.Key);
        _tracks = [.. records.Tracks.ToArray().Select(track => Describe(track, albums.GetValueOrDefault(track.Album)))];

        Row Describe(TrackRecord track, Row? album) => new(
            track.Key, track.Popularity, Text(track.Name), album?.Name, album?.Year, Artists(track.Artists),
            records.Credits(track.Artists).ToArray());
    }

    [Fact]
    public async Task A_search_with_filters_finds_what_going_through_all_records_finds()
    {
        var methods = new HashSet<SearchMethod>();
        var found = 0;
        for (var i = 0; i < 1500; i++)
        {
            var entity = _random.Next(3) > 0 ? Entity.Track : Entity.Album;
            var query = new SearchQuery(entity, Cut())
            {
                Limit = _random.Next(1, SearchLimits.MaxLimit + 1),
                Offset = _random.Next(3) > 0 ? 0 : _random.Next(100),
                Artist = _random.Next(2) == 0 ? Cut() : null,
                Album = entity == Entity.Track && _random.Next(3) == 0 ? Cut() : null,
                Years = _random.Next(2) == 0 ? Years() : null,
            };
            var rows = entity == Entity.Track ? _tracks : _albums;
            var expected = InOrder(rows.Where(row => IsWanted(row, query))).Skip(query.Offset).Take(query.Limit).ToList();
            var (method, hits) = await _catalog.SearchAsync(query);
            methods.Add(method);
            found += hits.Count;
            Assert.True(
                expected.SequenceEqual(hits),
                $"{query} by {method}: {string.Join(',', hits)} instead of {string.Join(',', expected)}");
        }

        Assert.True(found > 3000, "the searches hardly found anything");
        Assert.Equal([SearchMethod.Index, SearchMethod.Scan], methods.Order());
    }

    [Fact]
    public async Task Pages_of_a_search_are_pieces_of_one_list()
    {
        (Entity, string)[] searches = [(Entity.Track, "ca"), (Entity.Track, "nova"), (Entity.Artist, "nova cab"), (Entity.Album, "v")];
        foreach (var (entity, text) in searches)
        {
            var whole = new List<long>();
            for (var offset = 0; offset <= SearchLimits.MaxOffset; offset += SearchLimits.MaxLimit)
            {
                var query = new SearchQuery(entity, text) { Limit = SearchLimits.MaxLimit, Offset = offset };
                var (method, page) = await _catalog.SearchAsync(query);
                Assert.True(method == SearchMethod.Index);
                Assert.Equal((SearchMethod.Scan, page), await _catalog.SearchAsync(query, withIndex: false), Same);
                whole.AddRange(page);
            }

            Assert.Equal(whole.Distinct(), whole);
            if (entity == Entity.Track)
            {
                Assert.Equal(InOrder(_tracks.Where(row => Contains(row.Name, text))).Take(whole.Count), whole);
                Assert.Equal(SearchLimits.MaxReach, whole.Count);
            }
        }
    }

    [Fact]
    public async Task Filters_need_the_index()
    {
        var query = new SearchQuery(Entity.Track, "nova") { Limit = 5, Years = (1994, 1994) };
        var (method, hits) = await _catalog.SearchAsync(query, withIndex: false);
        Assert.Equal(SearchMethod.NoIndex, method);
        Assert.Empty(hits);
    }

    [Fact]
    public async Task The_top_tracks_of_an_artist_are_those_it_is_credited_for_whoever_else_has_its_name()
    {
        for (var i = 0; i < 300; i++)
        {
            var artist = new CatalogKey(_random.Next(4) > 0 ? _random.Next(30) : _random.Next(1610));
            var limit = _random.Next(1, SearchLimits.MaxLimit + 1);
            var tracks = InOrder(_tracks.Where(track => track.Credits.Contains(artist))).Take(limit);
            Assert.Equal(artist.Value is < 1 or > 1600 ? [] : tracks, await _catalog.FindTopTracksAsync(artist, limit));
        }
    }

    [Fact]
    public async Task The_albums_of_a_UPC_are_those_with_it_but_for_leading_zeros()
    {
        var codes = Enumerable.Range(100, 320).Select(number => number.ToString(_random.Next(2) == 0 ? "D8" : "D14"))
            .Concat(["00000000", "123", "", "1234567890123456", "0000000010x"]).ToArray();
        var lists = await _catalog.FindAlbumsByUpcAsync(codes);
        Assert.Equal(codes.Length, lists.Count);
        for (var i = 0; i < codes.Length; i++)
        {
            var number = codes[i].Length >= 8 ? codes[i].TrimStart('0') : "";
            var expected = _upcs.Where(album => number.Length > 0 && album.Upc.TrimStart('0') == number);
            Assert.Equal(expected.Select(album => album.Key.Value), lists[i].ToArray().Select(key => key.Value));
        }

        Assert.Contains(Enumerable.Range(0, codes.Length), i => lists[i].Length > 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _folder.Dispose();
    }

    private static bool Same((SearchMethod Method, List<long> Hits) one, (SearchMethod Method, List<long> Hits) other) =>
        one.Method == other.Method && one.Hits.SequenceEqual(other.Hits);

    private static IEnumerable<long> InOrder(IEnumerable<Row> rows) =>
        rows.OrderByDescending(row => row.Popularity).ThenByDescending(row => row.Key).Select(row => row.Key.Value);

    private static bool Contains(string name, string text) => NameFolding.Fold(name).AsSpan().IndexOf(NameFolding.Fold(text)) >= 0;

    private static bool IsWanted(Row row, SearchQuery query) =>
        Contains(row.Name, query.Text)
        && (query.Artist is null || row.Artists.Any(artist => Contains(artist, query.Artist)))
        && (query.Album is null || (row.Album is not null && Contains(row.Album, query.Album)))
        && (query.Years is not var (first, last) || (row.Year >= first && row.Year <= last));

    private (int First, int Last)? Years() => _random.Next(4) switch
    {
        0 => (1994, 1994),
        1 => (1850, 1995),
        2 => (2000, 9999),
        _ => (0, 1900),
    };

    /// <summary>A word, or a piece of it.</summary>
    private string Cut()
    {
        var word = RandomCatalog.Words[_random.Next(RandomCatalog.Words.Length)];
        var length = _random.Next(2) == 0 ? word.Length : _random.Next(1, word.Length + 1);
        var start = _random.Next(word.Length - length + 1);
        var cut = word.Substring(start, length);
        return _random.Next(4) == 0 ? cut.ToUpperInvariant() : cut;
    }

    /// <summary>A track or an album with all that filters look at.</summary>
    private sealed record Row(
        CatalogKey Key, long Popularity, string Name, string? Album, int? Year, string[] Artists, CatalogKey[] Credits);
}
