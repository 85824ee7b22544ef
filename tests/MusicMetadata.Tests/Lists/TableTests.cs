using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Lists;

namespace MusicMetadata.Tests.Lists;

/// <summary>Tables with everything that spreadsheets and hands do to them.</summary>
public sealed class TableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("title,artist\n\"a \"\"b\"\" c\",d\n", "a \"b\" c|d")]
    [InlineData("title,artist\n\"two\nlines\",d\n", "two\nlines|d")]
    [InlineData("title,artist\r\n\"x, y\",d\r\n", "x, y|d")]
    [InlineData("title,artist\n7\" mix,d\nnext,e\n", "7\" mix|d", "next|e")]
    [InlineData("title;artist\na,b;d\n", "a,b|d")]
    [InlineData("title\tartist\na;b,c\td\n", "a;b,c|d")]
    [InlineData("sep=;\ntitle;artist\na;d\n", "a|d")]
    [InlineData("\"title, in full\";artist;title\nx;d;a\n", "a|d")]
    [InlineData("title,artist\n\n,\na,d\n\n", "a|d")]
    [InlineData("title,artist\rold,mac\r", "old|mac")]
    [InlineData("title,artist\nshort\nlong,d,more,values\n", "short|", "long|d")]
    [InlineData("title,artist\na,d", "a|d")]
    [InlineData("TITLE , Artist Name(s)\n a , d \n", "a|d")]
    [InlineData("Position,Track Name,Album Artist\n1,a,d\n", "a|d")]
    public async Task A_table_is_read_however_it_is_written(string text, params string[] expected)
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, rows.Select(row => $"{row.Item.Title}|{string.Concat(row.Item.Artists)}"));
    }

    [Theory]
    [InlineData("Duration (ms)", "225000", 225_000)]
    [InlineData("duration_ms", "900", 900)]
    [InlineData("Duration (s)", "225.4", 225_400)]
    [InlineData("Length", "3:45", 225_000)]
    [InlineData("Time", "1:02:03", 3_723_000)]
    [InlineData("duration", "225", 225_000)]
    [InlineData("duration", "225000", 225_000)]
    [InlineData("duration", "-5", null)]
    [InlineData("duration", "0", null)]
    [InlineData("duration", "3:4x", null)]
    [InlineData("duration_ms", "99999999999", null)]
    [InlineData("duration", "", null)]
    public async Task A_length_is_read_in_the_unit_that_it_has(string column, string value, int? expected) =>
        Assert.Equal(expected, Assert.Single(await ReadAsync(Encoding.UTF8.GetBytes($"title,{column}\na,{value}\n"))).Item.DurationMs);

    [Fact]
    public async Task Every_known_column_is_used()
    {
        const string Text = "Track Name,Artist Name(s),Album Name,Album Release Date,ISRC,Track #,Disc Number,Explicit\n"
            + "a,\"b, c\",d,1999-12-31,GB-AYE-06-01498,3/12,2,true\n";
        var item = Assert.Single(await ReadAsync(Encoding.UTF8.GetBytes(Text))).Item;
        Assert.Equal(("a", "b, c", "d"), (item.Title, Assert.Single(item.Artists), item.Album));
        Assert.Equal(("GB-AYE-06-01498", 1999, 3, 2, true), (item.Isrc, item.Year, item.TrackNumber, item.DiscNumber, item.Explicit));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_tells_the_encoding(string encoding)
    {
        var writer = Encoding.GetEncoding(encoding);
        var rows = await ReadAsync([.. writer.GetPreamble(), .. writer.GetBytes("title,artist\nÅsa 夏,Björk\n")]);
        Assert.Equal(("Åsa 夏", "Björk"), (Assert.Single(rows).Item.Title, rows[0].Item.Artists[0]));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_read_as_Latin_1()
    {
        var text = "title,artist\nD\u00e9j\u00e0 "u8.ToArray();
        var row = Assert.Single(await ReadAsync([.. text, .. Encoding.Latin1.GetBytes("vu é,Bjö"), .. "\xf6rk\n"u8]));
        Assert.Equal(("Déjà vu é", "Bjöörk"), (row.Item.Title, row.Item.Artists[0]));
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_cut_and_the_rest_of_the_row_counts()
    {
        var row = Assert.Single(await ReadAsync(Encoding.UTF8.GetBytes($"title,artist\n{new string('x', 10_000)},d\n")));
        Assert.Equal((1000, "d", 10_000), (row.Item.Title!.Length, row.Item.Artists[0], row.Cells[0].Length));
        Assert.Equal(999, TableColumns.Cut(new string('x', 999) + "😀😀").Length);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n \r\n", "is empty")]
    [InlineData("foo,bar\na,b\n", "has no column that could be a title")]
    [InlineData("\0\u0001\u0002,\u0003\n", "has no column that could be a title")]
    public async Task What_is_no_table_is_refused(string text, string reason)
    {
        var e = await Assert.ThrowsAsync<OperatorException>(() => ReadAsync(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quotation_mark_that_is_not_closed_does_not_fill_the_memory()
    {
        var text = "title,artist\na,b\n\"open," + string.Concat(Enumerable.Repeat("line after line\n", 200_000));
        var e = await Assert.ThrowsAsync<OperatorException>(() => ReadAsync(Encoding.UTF8.GetBytes(text)));
        Assert.Contains("is a quotation mark not closed?", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_cells_come_back_as_they_were_written()
    {
        const string Alphabet = "ab,;\t\"' \n\rÖ夏";
        var random = Seeded.Random();
        for (var round = 0; round < 200; round++)
        {
            string[] Cells() => [.. Enumerable.Range(0, 3).Select(_ => new string(random.GetItems<char>(Alphabet, random.Next(6))))];
            var written = Enumerable.Range(0, 20).Select(_ => Cells()).Prepend(["title", "artist", "other"])
                .Where(cells => !cells.All(string.IsNullOrWhiteSpace)).ToArray();
            var list = new MatchList(ListFormat.Csv, written[0], ",;\t"[round % 3], []);
            using var text = new StringWriter();
            var writer = new TableWriter(list, text);
            writer.Begin();
            foreach (var cells in written.Skip(1))
            {
                writer.Write(new ListRow(new(), cells, []), ListAnswer.None);
            }

            var read = await ReadAsync(Encoding.UTF8.GetBytes(text.ToString()));
            Assert.Equal(written.Skip(1), read.Select(row => row.Cells.Take(3)));
            Assert.All(read, row => Assert.Equal("none", row.Cells[3]));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private async Task<List<ListRow>> ReadAsync(byte[] text)
    {
        await File.WriteAllBytesAsync(_folder["list"], text);
        return await ListFile.UseAsync(_folder["list"], list => Task.FromResult(list.Rows.ToList()));
    }
}
