using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using SQLitePCL;

namespace MusicMetadata.SqliteStore;

/// <summary>Checks both files for whoever is about to serve them, or wonders why an answer looks odd.</summary>
/// <param name="files">The files.</param>
public sealed class CatalogCheck(CatalogFiles files) : ICatalogCheck
{
    /// <summary>How many tracks are looked up in the second file; spread over the whole first one.</summary>
    private const int Samples = 64;

    /// <summary>Long enough for slow storage; without an index each lookup would read the whole second file.</summary>
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(10);

    /// <summary>Page cache while every page is read once, in bytes.</summary>
    private const long CacheBytes = 64L << 20;

    /// <summary>Page cache for looking up some rows, in bytes.</summary>
    private const long PairCacheBytes = 1L << 20;

    /// <summary>Pages that were read because no cache held them, of <c>sqlite3_db_status</c>.</summary>
    private const int CacheMisses = 8;

    /// <inheritdoc/>
    public List<string> CheckSchema() => SchemaCheck.Check(files);

    /// <inheritdoc/>
    public (string? Look, string? Problem) LookAtPair()
    {
        if (files.TrackFiles is null)
        {
            return default;
        }

        var (found, of) = MatchPair();
        return (
            $"pair: {found} of {of} tracks have a row in {CatalogSchema.TrackFilesFileName}",
            found * 2 >= of
                ? null
                : $"{files.TrackFiles} seems to belong to another catalog: only {found} of {of} tracks have a row in it. Put the "
                    + $"one beside {files.Main} that came with it.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Table, long Rows)> CountRows(IWorkProgress progress)
    {
        var counts = new List<(string, long)>();
        Count(files.Main, CatalogSchema.Main);
        if (files.TrackFiles is not null)
        {
            Count(files.TrackFiles, CatalogSchema.TrackFiles);
        }

        return counts;

        void Count(string path, IReadOnlyList<CatalogSchema.Table> tables)
        {
            using var connection = SqliteFile.OpenForReading(path, CacheBytes);
            var read = tables.Where(table => table.IsRead).ToArray();
            using var stage = progress.Begin($"counting rows of {Path.GetFileName(path)}", read.Length);
            for (var i = 0; i < read.Length; i++)
            {
                // SQLite takes the smallest index by itself.
                counts.Add((read[i].Name, connection.QueryNumber($"SELECT count(*) FROM {read[i].Name}")!.Value));
                stage.Advance(i + 1);
            }
        }
    }

    /// <summary>
    /// How many of some tracks have a row in the second file: nearly all when the two belong together, none when they do not. Of as many
    /// tracks as ten seconds suffice for; of none in a catalog made from MusicBrainz, which has nothing to tell there.
    /// </summary>
    /// <exception cref="SqliteException">A file cannot be read.</exception>
    private (int Found, int Of) MatchPair()
    {
        using var main = SqliteFile.OpenForReading(files.Main, PairCacheBytes);
        using var trackFiles = SqliteFile.OpenForReading(files.TrackFiles!, PairCacheBytes);
        if (SchemaCheck.IsMusicBrainz(main) && trackFiles.QueryNumber("SELECT 1 FROM track_files LIMIT 1") is null)
        {
            return (0, 0);
        }

        var last = main.QueryNumber("SELECT max(rowid) FROM tracks") ?? 0;
        var (found, of) = (0, 0);
        var deadline = Deadline.After(MatchTime, default);
        foreach (var connection in new[] { main, trackFiles })
        {
            raw.sqlite3_progress_handler(connection.Handle, 1_000, _ => deadline.Remaining == TimeSpan.Zero ? 1 : 0, null);
        }

        try
        {
            for (var i = 0; i < Samples; i++)
            {
                var first = (long)((Int128)last * i / Samples);
                if (main.QueryText("SELECT id FROM tracks WHERE rowid >= ?1 ORDER BY rowid LIMIT 1", first) is { } id)
                {
                    found += trackFiles.QueryNumber("SELECT 1 FROM track_files WHERE track_id = ?1", id) is null ? 0 : 1;
                    of++;
                }
            }
        }
        catch (SqliteException e) when (e.IsInterrupted)
        {
            // What was looked up is enough.
        }

        return (found, of);
    }

    /// <summary>Reads every page of both files and compares every index with its table.</summary>
    /// <returns>What SQLite found wrong; empty when nothing is.</returns>
    public List<string> CheckIntegrity(IWorkProgress progress)
    {
        var problems = new List<string>();
        foreach (var path in files.TrackFiles is null ? [files.Main] : new[] { files.Main, files.TrackFiles })
        {
            try
            {
                CheckIntegrity(path, problems, progress);
            }
            catch (SqliteException e)
            {
                problems.Add(e.Detail);
            }
        }

        return problems;
    }

    private static void CheckIntegrity(string path, List<string> problems, IWorkProgress progress)
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
        foreach (var line in connection.QueryTexts("PRAGMA integrity_check(20)").Where(line => line != "ok"))
        {
            problems.Add($"{path}: {line}");
        }

        stage.Advance(pages);
    }
}
