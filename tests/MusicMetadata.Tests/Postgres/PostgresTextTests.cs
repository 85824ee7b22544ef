using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Postgres.Reading;

namespace MusicMetadata.Tests.Postgres;

/// <summary>Arrays and rows as PostgreSQL writes them.</summary>
public class PostgresTextTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("{}", new string[0])]
    [InlineData("{a}", new[] { "a" })]
    [InlineData("""{a,"b c","","NULL","q\"\\"}""", new[] { "a", "b c", "", "NULL", "q\"\\" })]
    [InlineData("""{"(1,\"a,b\",{})"}""", new[] { """(1,"a,b",{})""" })]
    public void The_elements_of_an_array(string text, string[] expected) =>
        Assert.Equal(expected, PostgresText.Elements(Encoding.UTF8.GetBytes(text)).Select(Encoding.UTF8.GetString));

    [Theory]
    [InlineData("(1,a,)", new[] { "1", "a", "" })]
    [InlineData("""(1,"a ""b"" \\ c","{x,""y z""}")""", new[] { "1", """a "b" \ c""", """{x,"y z"}""" })]
    public void The_fields_of_a_row(string text, string[] expected) =>
        Assert.Equal(expected, PostgresText.Fields(Encoding.UTF8.GetBytes(text)).Select(Encoding.UTF8.GetString));

    [Fact]
    public void Keys_there_and_back()
    {
        CatalogKey[] keys = [new(1), new(-5), new(256_000_000)];
        Assert.Equal("{1,-5,256000000}", PostgresText.Array(keys));
        Assert.Equal(keys, PostgresText.Keys("{1,-5,256000000}"u8));
        Assert.Empty(PostgresText.Keys(""u8));
    }

    [Fact]
    public void Texts_are_quoted_and_those_that_no_column_holds_left_out() =>
        Assert.Equal("""{"a","b\"\\","{}"}""", PostgresText.Array(["a", "b\"\\", "c\0", "\ud800", "{}"]));
}
