using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Sqlite;

public sealed class ConnectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_catalog_file_is_opened_with_the_settings_it_was_given()
    {
        using var connection = Connection.OpenImmutable(_folder.AddConformanceCatalog(), cacheBytes: 3 << 20, mmapBytes: 1 << 20);
        Assert.Equal("-3072", connection.QueryText("PRAGMA cache_size"));
        Assert.Equal("1048576", connection.QueryText("PRAGMA mmap_size"));
        Assert.Equal("1", connection.QueryText("PRAGMA query_only"));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("a?mode=rwc")]
    [InlineData("a#b")]
    [InlineData("100%41")]
    [InlineData("ünï-東京")]
    public void Any_name_of_a_folder_can_be_opened(string name)
    {
        _ = Directory.CreateDirectory(_folder[name]);
        var path = Path.Combine(_folder[name], "main.sqlite3");
        File.Move(_folder.AddConformanceCatalog(), path);
        using var connection = Connection.OpenImmutable(path, 1 << 20, 0);
        Assert.Equal("3000", connection.QueryText("SELECT count(*) FROM tracks"));
    }

    [Fact]
    public void Nothing_can_be_written()
    {
        using var connection = Connection.OpenImmutable(_folder.AddConformanceCatalog(), 1 << 20, 0);
        _ = Assert.Throws<SqliteException>(() => connection.Execute("DELETE FROM tracks"));
        _ = Assert.Throws<SqliteException>(() => connection.Execute("CREATE TABLE t (a)"));
        Assert.Equal("3000", connection.QueryText("SELECT count(*) FROM tracks"));
    }

    [Fact]
    public void Texts_numbers_and_nulls_come_back_as_they_went_in()
    {
        using var connection = Connection.OpenForWriting(_folder["new.sqlite3"]);
        connection.Execute("CREATE TABLE t (a, b, c, d); CREATE INDEX i ON t (a)");
        using (var insert = connection.Prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)"))
        {
            insert.Bind(1, "nul\0 東京 \" '");
            insert.Bind(2, long.MinValue);
            insert.Bind(3, (string?)null);
            insert.Bind(4, ""u8);
            insert.Execute();
        }

        using var select = connection.Prepare("SELECT a, b, c, d FROM t");
        using var rows = select.Query();
        Assert.True(rows.Step());
        Assert.Equal("nul\0 東京 \" '", Encoding.UTF8.GetString(rows.Text(0)));
        Assert.Equal(long.MinValue, rows.Number(1));
        Assert.True(rows.IsNull(2));
        Assert.False(rows.IsNull(3));
        Assert.True(rows.Text(3).IsEmpty);
        Assert.False(rows.Step());
    }

    [Fact]
    public void A_statement_that_runs_for_ever_stops_when_its_client_goes()
    {
        using var connection = Connection.OpenImmutable(_folder.AddConformanceCatalog(), 1 << 20, 0);
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using (connection.StopAt(Deadline.After(TimeSpan.FromMinutes(5), gone.Token)))
        {
            _ = Assert.Throws<OperationCanceledException>(() => connection.QueryText(Endless));
        }

        Assert.Equal("3000", connection.QueryText("SELECT count(*) FROM tracks"));
    }

    [Fact]
    public void A_statement_that_runs_for_ever_stops_when_its_time_is_up()
    {
        using var connection = Connection.OpenImmutable(_folder.AddConformanceCatalog(), 1 << 20, 0);
        using (connection.StopAt(Deadline.After(TimeSpan.FromMilliseconds(100), CancellationToken.None)))
        {
            var e = Assert.Throws<CatalogException>(() => connection.QueryText(Endless));
            Assert.Equal(CatalogFault.TookTooLong, e.Fault);
        }

        Assert.Equal("3000", connection.QueryText("SELECT count(*) FROM tracks"));
    }

    public void Dispose() => _folder.Dispose();

    private const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
}
