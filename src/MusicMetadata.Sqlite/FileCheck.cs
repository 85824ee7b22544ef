using MusicMetadata.Catalog;
using SQLitePCL;

namespace MusicMetadata.Sqlite;

/// <summary>What is checked of a file of any store alike.</summary>
public static class FileCheck
{
    /// <summary>Page cache while every page is read once, in bytes.</summary>
    public const long CacheBytes = 64L << 20;

    /// <summary>Pages that were read because no cache held them, of <c>sqlite3_db_status</c>.</summary>
    private const int CacheMisses = 8;

    /// <summary>Counts the rows of tables.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static List<(string Table, long Rows)> CountRows(string path, IReadOnlyList<string> tables, IWorkProgress progress)
    {
        using var connection = SqliteFile.OpenForReading(path, CacheBytes);
        using var stage = progress.Begin($"counting rows of {Path.GetFileName(path)}", tables.Count);
        var counts = new List<(string, long)>();
        foreach (var table in tables)
        {
            // SQLite takes the smallest index by itself.
            counts.Add((table, connection.QueryNumber($"SELECT count(*) FROM {table}")!.Value));
            stage.Advance(counts.Count);
        }

        return counts;
    }

    /// <summary>Reads every page and compares every index with its table.</summary>
    /// <returns>What SQLite found wrong; empty when nothing is.</returns>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static List<string> CheckIntegrity(string path, IWorkProgress progress)
    {
        using var connection = SqliteFile.OpenForReading(path, CacheBytes);
        var pages = connection.QueryNumber("PRAGMA page_count")!.Value;
        using var stage = progress.Begin($"pages of {Path.GetFileName(path)}", pages);

        // Pages read so far; those of a large index are read more than once.
        raw.sqlite3_progress_handler(
            connection.Handle,
            10_000,
            _ =>
            {
                raw.sqlite3_db_status(connection.Handle, CacheMisses, out var read, out var _, 0);
                stage.Advance(Math.Min(pages, read));
                return 0;
            },
            null);
        var lines = connection.QueryTexts("PRAGMA integrity_check(20)");
        stage.Advance(pages);
        return [.. lines.Where(line => line != "ok").Select(line => $"{path}: {line}")];
    }
}
