using MusicMetadata.Matching.Text;

namespace MusicMetadata.Tests.Matching;

/// <summary>What a title names, and what it tells of the version.</summary>
public class TitleParserTests
{
    [Theory]
    [InlineData("(I Can't Get No) Satisfaction", "i cant get no satisfaction", TitleVersions.None)]
    [InlineData("Live and Let Die", "live and let die", TitleVersions.None)]
    [InlineData("Live Forever - Remastered", "live forever", TitleVersions.Remaster)]
    [InlineData("Karaoke", "karaoke", TitleVersions.None)]
    [InlineData("Heroes - 2017 Remaster", "heroes", TitleVersions.Remaster)]
    [InlineData("Heroes (2017 Remaster) [Live]", "heroes", TitleVersions.Remaster | TitleVersions.Live)]
    [InlineData("On The Line - Extended Estiva Club Mix", "on the line", TitleVersions.Remix | TitleVersions.Extended)]
    [InlineData("The Night We Met (feat. Phoebe Bridgers)", "the night we met", TitleVersions.None)]
    [InlineData("Always Do - Mixed", "always do", TitleVersions.Mixed)]
    [InlineData("Nightcall - Breakbot Remix", "nightcall", TitleVersions.Remix)]
    [InlineData("Corcovado (En Vivo)", "corcovado", TitleVersions.Live)]
    [InlineData("Love Story (Taylor's Version)", "love story", TitleVersions.Alternate)]
    [InlineData("Symphony No. 5 - II. Andante", "symphony no 5 ii andante", TitleVersions.None)]
    [InlineData("Creep (Made Famous by Radiohead) [Karaoke Version]", "creep", TitleVersions.Karaoke)]
    [InlineData("Heroes (Acoustci)", "heroes", TitleVersions.Acoustic)]
    [InlineData("Heroes - 2017 Rematser", "heroes", TitleVersions.Remaster)]
    [InlineData("Brandenburg - Concerto No. 3", "brandenburg concerto no 3", TitleVersions.None)]
    [InlineData("Heroes (Live) feat. Somebody", "heroes", TitleVersions.Live)]
    [InlineData("???", "???", TitleVersions.None)]
    [InlineData("(", "(", TitleVersions.None)]
    [InlineData("", "", TitleVersions.None)]
    [InlineData("(Live)", "live", TitleVersions.None)]
    [InlineData("Beyoncé & JAY‐Z", "beyonce and jay z", TitleVersions.None)]
    public void A_title_is_taken_apart(string title, string core, TitleVersions versions)
    {
        var parsed = TitleParser.Parse(title);
        Assert.Equal((core, versions), (parsed.Core, parsed.Versions));
    }

    [Theory]
    [InlineData("Nightcall - Breakbot Remix", "Nightcall (Breakbot Remix)")]
    [InlineData("Song - Live at Wembley", "Song (Live At Wembley)")]
    public void The_same_version_written_in_two_ways_is_the_same(string left, string right)
    {
        var (one, other) = (TitleParser.Parse(left), TitleParser.Parse(right));
        Assert.Equal((one.Core, one.Versions, one.DetailHash), (other.Core, other.Versions, other.DetailHash));
    }

    [Fact]
    public void Two_remixes_by_two_people_are_told_apart() =>
        Assert.NotEqual(
            TitleParser.Parse("Nightcall - Breakbot Remix").DetailHash,
            TitleParser.Parse("Nightcall - Dustin N'Guyen Remix").DetailHash);

    [Theory]
    [InlineData("Song (feat. A & B)", "A & B")]
    [InlineData("Song feat. A", "A")]
    [InlineData("Song (with A) - Live", "A")]
    [InlineData("Song (ft. A) [Remix]", "A")]
    public void Artists_that_a_title_names_are_taken_out(string title, string featured)
    {
        var parsed = TitleParser.Parse(title);
        Assert.Equal("song", parsed.Core);
        Assert.Equal([featured], parsed.Featured);
    }

    [Fact]
    public void Any_text_at_all_is_taken_apart()
    {
        var random = Seeded.Random();
        const string Characters = "abc ([])-–feat.live remix 2011あ\u0301\0\ud83c";
        for (var i = 0; i < 20_000; i++)
        {
            var title = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Characters[random.Next(Characters.Length)]));
            var parsed = TitleParser.Parse(title);
            Assert.True(parsed.Core.Length > 0 || ComparisonForm.Of(title).Length == 0, title);
        }
    }
}
