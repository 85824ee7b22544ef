using MusicMetadata.Lists;

namespace MusicMetadata.Tests.Lists;

/// <summary>Playlists as players write them.</summary>
public class PlaylistTests
{
    private static readonly FoundTrack Found = new("id1", "GBAYE0601498", "Title", "Artist", "Album", 213_400);

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:213,Artist - Title\na.mp3", "Artist - Title", 213_000)]
    [InlineData("#EXTINF:213.5,Artist - Title\r\na.mp3\r\n", "Artist - Title", 213_500)]
    [InlineData("#EXTINF:-1 tvg-name=\"x, y\" group=\"z\",Artist - Title\na.mp3", "Artist - Title", null)]
    [InlineData("#EXTINF:12\nMusic/Artist - Title.flac", "Artist - Title", 12_000)]
    [InlineData("C:\\Music\\01 - Title.mp3", "01 - Title", null)]
    [InlineData("file:///music/Artist%20-%20Title.ogg", "Artist - Title", null)]
    [InlineData("http://host/a/Artist%20-%20Title.ogg?x=y/z#1", "Artist - Title", null)]
    [InlineData("Artist - Vol. 2 of it", "Artist - Vol. 2 of it", null)]
    public void An_entry_is_known_by_its_title_line_or_else_by_its_file(string text, string expected, int? duration)
    {
        var item = Assert.Single(Read(text)).Item;
        Assert.Equal((expected, duration), (item.Text, item.DurationMs));
    }

    [Fact]
    public void Artist_and_album_may_have_lines_of_their_own()
    {
        var rows = Read("#EXTM3U\n#EXTALB:Album\n#EXTART:Artist\n#EXTINF:1,Title\na.mp3\nb.mp3\n");
        var item = rows[0].Item;
        Assert.Equal(("Title", "Artist", "Album", null), (item.Title, item.Artists[0], item.Album, item.Text));
        Assert.Equal("b", rows[1].Item.Text);
    }

    [Fact]
    public void What_is_sure_gets_its_title_and_everything_else_stays()
    {
        const string Text = "#EXTM3U\n#EXTVLCOPT:x\n#EXTINF:200,as it was\na.mp3\n#EXTINF:100,also\nb.mp3\nc.mp3\n";
        var first = Write(Text, [new("accept", 0.98, Found), new("ambiguous", 0.5, Found), ListAnswer.None]);
        Assert.Equal(
            """
            #EXTM3U
            #EXTVLCOPT:x
            #EXTINF:213,Artist - Title
            #METADATA-API:decision=accept score=0.98 id=id1 isrc=GBAYE0601498
            a.mp3
            #EXTINF:100,also
            #METADATA-API:decision=ambiguous score=0.5 id=id1 isrc=GBAYE0601498
            b.mp3
            #METADATA-API:decision=none
            c.mp3

            """,
            first);

        // Matched once more, what the first match wrote gives way.
        Assert.Equal(3, Write(first, [ListAnswer.None, ListAnswer.None, ListAnswer.None]).Split(PlaylistWriter.Mark).Length - 1);
    }

    private static List<ListRow> Read(string text) => [.. PlaylistReader.Read(new StringReader(text)).Rows];

    private static string Write(string text, ListAnswer[] answers)
    {
        var list = PlaylistReader.Read(new StringReader(text));
        using var output = new StringWriter();
        var writer = ListWriter.Create(ListFormat.Same, list, output);
        writer.Begin();
        foreach (var (row, answer) in list.Rows.Zip(answers))
        {
            writer.Write(row, answer);
        }

        writer.End();
        return output.ToString();
    }
}
