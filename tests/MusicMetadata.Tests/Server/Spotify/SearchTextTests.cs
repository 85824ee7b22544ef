using MusicMetadata.Server.Api.Spotify;

namespace MusicMetadata.Tests.Server.Spotify;

/// <summary>How <c>q</c> of <c>/v1/search</c> is read.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  Some - Title (Live) [2]* ", "Some - Title (Live) [2]*")]
    [InlineData("a AND b OR NOT c", "a AND b OR NOT c")]
    [InlineData("Foo: Bar", "Foo: Bar")]
    [InlineData("soundtrack:Foo", "soundtrack:Foo")]
    [InlineData("artist", "artist")]
    [InlineData("artist:", "")]
    [InlineData("artist: album:", "")]
    [InlineData("artist:Foo Bar album:Baz Qux", "", "artist=Foo Bar", "album=Baz Qux")]
    [InlineData("album:Foo: Bar", "", "album=Foo: Bar")]
    [InlineData("album:\"Foo: Bar\" x", "x", "album=Foo: Bar")]
    [InlineData("some words track:\"A B\" more artist:'C D'", "some words   more", "track=A B", "artist=C D")]
    [InlineData("album:'Don't Stop'", "", "album=Don't Stop")]
    [InlineData("album:'Don't Stop' artist:'Guns N' Roses'", "", "album=Don't Stop", "artist=Guns N' Roses")]
    [InlineData("artist:'Til Tuesday", "", "artist='Til Tuesday")]
    [InlineData("album:\"Foo", "", "album=\"Foo")]
    [InlineData("album:\"Foo\"artist:\"Bar\"", "", "album=Foo", "artist=Bar")]
    [InlineData("ARTIST:Foo Track:Bar", "", "artist=Foo", "track=Bar")]
    [InlineData("isrc:US-ABC-12-34567", "", "isrc=US-ABC-12-34567")]
    [InlineData("year:1990-1999 genre:\"deep house\" tag:new upc:1", "", "year=1990-1999", "genre=deep house", "tag=new", "upc=1")]
    [InlineData("artist:a artist:b", "", "artist=a", "artist=b")]
    [InlineData("album:\"\" artist:''", "")]
    [InlineData("x\tartist:y", "x", "artist=y")]
    public void Text_and_filters_are_told_apart(string q, string text, params string[] filters)
    {
        var parsed = SearchText.Parse(q);
        Assert.Equal(text, parsed.Text);
        Assert.Equal(filters, parsed.Filters.Select(filter => $"{filter.Name.ToString().ToLowerInvariant()}={filter.Value}"));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var random = Seeded.Random();
        var names = Enum.GetValues<FilterName>();
        for (var i = 0; i < 5000; i++)
        {
            var filters = random.GetItems(names, random.Next(5)).Select(name => new SearchFilter(name, Value())).ToList();
            var text = random.Next(2) == 0 ? Value() : "";
            var q = string.Join(' ', filters.Select(Write).Prepend(text).Where(piece => piece.Length > 0));
            var parsed = SearchText.Parse(q);
            Assert.True(text == parsed.Text, q);
            Assert.Equal(filters.Select(one => (one.Name, one.Value)), parsed.Filters.Select(one => (one.Name, one.Value)));
        }

        // Bare values end at the next filter, so they can be written in front of one, or at the end.
        string Write(SearchFilter filter) => filter.Name.ToString().ToLowerInvariant() + ":" + random.Next(3) switch
        {
            0 => filter.Value,
            1 => $"\"{filter.Value}\"",
            _ => $"'{filter.Value}'",
        };
        string Value()
        {
            string[] pieces = ["Foo", "Don't", "Guns N' Roses", "A: B", "-", "AND", "track", "漢字", "*", "x:y", "7", "é"];
            return string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => pieces[random.Next(pieces.Length)]));
        }
    }

    [Fact]
    public void Whatever_is_sent_is_read()
    {
        var random = Seeded.Random();
        string[] pieces =
            ["artist:", "album:", "'", "\"", " ", ":", "Track:", "a", "year:", "tag:new", "\u0301", "\ud800", "\0", "\t", "漢"];
        for (var i = 0; i < Seeded.Number("METADATA_API_FUZZ_CASES", 20_000); i++)
        {
            var q = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var parsed = SearchText.Parse(q);
            Assert.True(parsed.Text == parsed.Text.Trim(), q);
            Assert.All(parsed.Filters, filter => Assert.True(filter.Value.Length > 0 && filter.Value == filter.Value.Trim(), q));
            Assert.True(parsed.Filters.Sum(filter => filter.Value.Length) + parsed.Text.Length <= q.Length, q);
        }
    }
}
