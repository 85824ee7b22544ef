using System.Text;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>The statements that only an imported catalog is asked.</summary>
public class StatementTests(ImportedCatalog catalog) : IClassFixture<ImportedCatalog>
{
    [Fact]
    public void No_statement_reads_a_whole_table()
    {
        using var main = SqliteFile.OpenForServing(catalog.Main, 1 << 20, 0);
        Assert.NotNull(MusicBrainzQueries.TryPrepare(main));
        Assert.Equal(4, main.Statements.Count);
        foreach (var statement in main.Statements.ToArray())
        {
            using var explain = main.Prepare("EXPLAIN QUERY PLAN " + statement.Sql);
            using var rows = explain.Query();
            while (rows.Step())
            {
                Assert.DoesNotContain("SCAN", Encoding.UTF8.GetString(rows.Text(3)), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Any_other_catalog_has_none()
    {
        using var folder = new TemporaryFolder();
        using var main = SqliteFile.OpenForServing(folder.AddConformanceCatalog(), 1 << 20, 0);
        Assert.Null(MusicBrainzQueries.TryPrepare(main));
    }
}
