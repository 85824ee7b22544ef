using MusicMetadata.Matching.Text;

namespace MusicMetadata.Tests.Matching;

/// <summary>Numbers in front of titles, and what is no title at all.</summary>
public class RippedTitleTests
{
    [Theory]
    [InlineData("01 - Title", "Title")]
    [InlineData("1. Title", "Title")]
    [InlineData("  7) Title", "Title")]
    [InlineData("112_Title", "Title")]
    [InlineData("01 Title", "Title")]
    [InlineData("03\tTitle", "Title")]
    [InlineData("01-.5", ".5")]
    [InlineData("7 Seconds", "7 Seconds")]
    [InlineData("1999", "1999")]
    [InlineData("1999 - Live", "1999 - Live")]
    [InlineData("99", "99")]
    [InlineData("01 - ", "01 - ")]
    [InlineData("99Problems", "99Problems")]
    [InlineData("- Title", "- Title")]
    [InlineData("", "")]
    public void The_number_of_a_track_in_front_of_its_title_is_found(string text, string title) =>
        Assert.Equal(title, text[RippedTitle.NumberLength(text)..]);

    [Theory]
    [InlineData("Track 01", true)]
    [InlineData("track_7", true)]
    [InlineData("AudioTrack 112", true)]
    [InlineData("audio track", true)]
    [InlineData("Titel-03", true)]
    [InlineData(" 01 ", true)]
    [InlineData("--", true)]
    [InlineData("", true)]
    [InlineData("Unknown", true)]
    [InlineData("Track 1234", false)]
    [InlineData("1999", false)]
    [InlineData("Track of Tears", false)]
    [InlineData("My Track 01", false)]
    [InlineData("99 Luftballons", false)]
    public void What_programs_write_for_a_title_they_do_not_know_is_none(string title, bool isPlaceholder) =>
        Assert.Equal(isPlaceholder, RippedTitle.IsPlaceholder(title));
}
