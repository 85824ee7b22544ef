using System.Text;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore.Reading;

namespace MusicMetadata.Tests.SqliteStore;

/// <summary>How SQLite says it will run each statement that a reader prepares.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Connection _main;
    private readonly Connection _files;

    public QueryPlanTests()
    {
        _main = SqliteFile.OpenForServing(_folder.AddConformanceCatalog(), 1 << 20, 0);
        _files = SqliteFile.OpenForServing(_folder["track_files.sqlite3"], 1 << 20, 0);
        _ = new SqliteReader(null!, _main, _files);
        _ = new ScanQueries(_main);
    }

    [Fact]
    public void No_statement_reads_a_whole_table()
    {
        var plans = Plans();
        Assert.True(plans.Count >= 28, $"only {plans.Count} statements were found");
        foreach (var (sql, plan) in plans)
        {
            if (plan == "SCAN available_markets")
            {
                // Some ten thousand rows, read once for a catalog.
                Assert.Contains("rowid", sql, StringComparison.Ordinal);
            }
            else if (plan.Contains("SCAN", StringComparison.Ordinal))
            {
                // A search without the search index walks the rows in the order of the answer and stops when it has enough.
                Assert.Matches("^SCAN (tracks|artists|albums) USING INDEX (tracks_popularity|artists_followers|album_popularity)$", plan);
                Assert.Contains("name", sql, StringComparison.Ordinal);
            }
            else
            {
                Assert.Matches("^SEARCH ", plan);
            }
        }
    }

    [Fact]
    public void SQLite_sorts_only_the_tracks_of_an_album_and_those_of_an_ISRC()
    {
        var sorted = Plans().Where(plan => plan.Plan.Contains("TEMP B-TREE", StringComparison.Ordinal)).Select(plan => plan.Sql).ToList();
        Assert.Equal(2, sorted.Count);
        Assert.Contains(sorted, sql => sql.Contains("ORDER BY disc_number, track_number, rowid", StringComparison.Ordinal));
        Assert.Contains(sorted, sql => sql.Contains("ORDER BY popularity DESC, rowid", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _main.Dispose();
        _files.Dispose();
        _folder.Dispose();
    }

    private List<(string Sql, string Plan)> Plans()
    {
        var plans = new List<(string Sql, string Plan)>();
        foreach (var connection in new[] { _main, _files })
        {
            foreach (var statement in connection.Statements.ToArray())
            {
                using var explain = connection.Prepare("EXPLAIN QUERY PLAN " + statement.Sql);
                using var rows = explain.Query();
                var plan = new List<string>();
                while (rows.Step())
                {
                    plan.Add(Encoding.UTF8.GetString(rows.Text(3)));
                }

                plans.Add((statement.Sql, string.Join("; ", plan)));
            }
        }

        return plans;
    }
}
