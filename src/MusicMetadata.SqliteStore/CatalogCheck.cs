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

    /// <summary>Page cache for looking up some rows, in bytes.</summary>
    private const long PairCacheBytes = 1L << 20;

    /// <inheritdoc/>
    public List<string> CheckSchema() => SchemaCheck.Check(files);

    /// <inheritdoc/>
    public (string? Finding, string? Problem) CheckPair()
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
        var main = Count(files.Main, CatalogSchema.Main);
        return files.TrackFiles is null ? main : [.. main, .. Count(files.TrackFiles, CatalogSchema.TrackFiles)];

        List<(string Table, long Rows)> Count(string path, IReadOnlyList<CatalogSchema.Table> tables) =>
            FileCheck.CountRows(path, [.. tables.Where(table => table.IsRead).Select(table => table.Name)], progress);
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
        foreach (var path in files.Paths)
        {
            try
            {
                problems.AddRange(FileCheck.CheckIntegrity(path, progress));
            }
            catch (SqliteException e)
            {
                problems.Add(e.Detail);
            }
        }

        return problems;
    }
}
