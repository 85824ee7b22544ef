using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.Tests.Sqlite;

public sealed class CatalogSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// What is not marked as read is not checked for when a catalog is opened: a statement that needed it would fail without a remedy.
    /// </summary>
    [Fact]
    public void Statements_read_no_column_that_is_not_checked_for()
    {
        Create("main.sqlite3", CatalogSchema.Main, columns => columns);
        Create("files.sqlite3", CatalogSchema.TrackFiles, columns => columns);
        Open();
    }

    public static TheoryData<string, string> ReadColumns
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var table in CatalogSchema.Main.Concat(CatalogSchema.TrackFiles))
            {
                foreach (var column in table.Columns.Where(column => column.IsRead))
                {
                    data.Add(table.Name, column.Name);
                }
            }

            return data;
        }
    }

    /// <summary>What is marked as read and is not would keep out a catalog that could be served.</summary>
    [Theory]
    [MemberData(nameof(ReadColumns))]
    public void Every_column_that_is_checked_for_is_read(string table, string column)
    {
        Create("main.sqlite3", CatalogSchema.Main, columns => columns.Where(one => table + column != one.Table + one.Column));
        Create("files.sqlite3", CatalogSchema.TrackFiles, columns => columns.Where(one => table + column != one.Table + one.Column));
        var e = Assert.Throws<SqliteException>(Open);
        Assert.Contains($"no such column: {column}", e.Detail.Replace($"{table}.", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_is_missed_is_on_a_column_that_is_read()
    {
        foreach (var table in CatalogSchema.Main.Concat(CatalogSchema.TrackFiles))
        {
            var read = table.Columns.Where(column => column.IsRead).Select(column => column.Name).ToArray();
            Assert.All(table.Indexes.Where(index => index.Without is not null), index => Assert.Contains(index.Column, read));
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Create(
        string name,
        IReadOnlyList<CatalogSchema.Table> tables,
        Func<IEnumerable<(string Table, string Column)>, IEnumerable<(string Table, string Column)>> choose)
    {
        using var connection = SqliteFile.OpenForWriting(_folder[name]);
        foreach (var table in tables.Where(table => table.IsRead))
        {
            var columns = choose(table.Columns.Where(column => column.IsRead).Select(column => (table.Name, column.Name)))
                .Select(one => one.Column)
                .DefaultIfEmpty("other");
            connection.Execute($"CREATE TABLE {table.Name} ({string.Join(", ", columns)})");
        }
    }

    private void Open()
    {
        using var main = SqliteFile.OpenForServing(_folder["main.sqlite3"], 1 << 20, 0);
        using var files = SqliteFile.OpenForServing(_folder["files.sqlite3"], 1 << 20, 0);
        _ = new SqliteReader(null!, main, files);
    }
}
