using MusicMetadata.Matching;

namespace MusicMetadata.Tests.Matching;

/// <summary>What the fields of a file may mean.</summary>
public class InterpretationTests
{
    [Theory]
    [InlineData("Strange_Days", "strange days")]
    [InlineData("Strange_Days_-_Remastered_2011", "strange days")]
    [InlineData("Strange_Days_(feat._Somebody)", "strange days")]
    [InlineData("under_score kept", "under score kept")]
    public void Underscores_for_spaces_are_spaces(string title, string core) =>
        Assert.Equal(core, Interpretation.Of(new MatchItem { Title = title })[0].Title.Core);

    [Theory]
    [InlineData("01 - Strange Days", "strange days")]
    [InlineData("01. Strange Days", "strange days")]
    [InlineData("01 Strange Days", "strange days")]
    [InlineData("007 Strange Days", "strange days")]
    [InlineData("12) Strange Days", "strange days")]
    public void A_number_in_front_may_be_that_of_the_track(string title, string core) =>
        Assert.Contains(Interpretation.Of(new MatchItem { Title = title, Artists = ["A"] }), found => found.Title.Core == core);

    [Theory]
    [InlineData("99 Luftballons", "99 luftballons")]
    [InlineData("01", null)]
    public void A_number_may_be_the_title(string title, string? core) =>
        Assert.Equal(
            core, Interpretation.Of(new MatchItem { Title = title, Artists = ["A"] }) is [var found, ..] ? found.Title.Core : null);

    [Fact]
    public void What_looks_like_a_wrong_encoding_may_be_none()
    {
        var found = Interpretation.Of(new MatchItem { Title = "Days", Artists = ["Ãšu"] });
        Assert.Contains(found, one => one.Artists[0] == "Ãšu");
        Assert.Contains(found, one => one.Artists[0] == "Úu");
    }

    [Fact]
    public void Somebody_may_be_called_what_stands_for_nobody()
    {
        var found = Interpretation.Of(new MatchItem { Title = "Days", Artists = ["None"] });
        Assert.Empty(found[0].Artists);
        Assert.Contains(found, one => one.Artists is ["None"]);
    }

    [Theory]
    [InlineData("Strange Days (Remix feeat. Nobody) [Rematsered", "strange days")]
    [InlineData("Strange Days [Rmstrd]", "strange days")]
    [InlineData("Strange Days - 2012 Remas", "strange days")]
    public void A_last_part_that_says_nothing_known_may_be_left_out(string title, string core) => Assert.Contains(
        Interpretation.Of(new MatchItem { Title = title, Artists = ["A"] }),
        found => found is { IsShortened: true } && found.Title.Core == core);
}
