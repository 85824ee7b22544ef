using System.Globalization;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Looks over both files for whoever is about to serve them, or wonders why an answer looks odd.</summary>
/// <param name="files">The files.</param>
public sealed class CatalogCheck(CatalogFiles files)
{
    /// <summary>How many tracks are looked up in the second file; spread over the whole first one.</summary>
    private const int Samples = 64;

    /// <summary>Long enough for slow storage; without an index each look would read the whole second file.</summary>
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(10);

    /// <summary>Page cache while every page is read once, in bytes.</summary>
    private const long CacheBytes = 64L << 20;

    private static readonly string[] Tables = ["tracks", "albums", "artists", "track_artists", "artist_albums", "artist_genres", "album_images", "artist_images"];

    /// <summary>The highest rowid of each table: as good as a count, which would read everything.</summary>
    /// <exception cref="SqliteException">A file cannot be read.</exception>
    public IEnumerable<(string Table, long Rows)> EstimateRows()
    {
        using var main = Open(files.Main);
        foreach (var table in Tables)
        {
            yield return (table, HighestRowid(main, table));
        }

        if (files.TrackFiles is not null)
        {
            using var trackFiles = Open(files.TrackFiles);
            yield return ("track_files", HighestRowid(trackFiles, "track_files"));
        }
    }

    /// <summary>
    /// How many of some tracks have a row in the second file: nearly all when the two belong together, none when they do not. Of as many tracks
    /// as ten seconds suffice for.
    /// </summary>
    /// <exception cref="SqliteException">A file cannot be read.</exception>
    public (int Found, int Of) MatchPair()
    {
        using var main = Open(files.Main);
        using var trackFiles = Open(files.TrackFiles!);
        using var track = main.Prepare("SELECT id FROM tracks WHERE rowid >= ?1 ORDER BY rowid LIMIT 1");
        using var file = trackFiles.Prepare("SELECT 1 FROM track_files WHERE track_id = ?1");
        var last = HighestRowid(main, "tracks");
        var (found, of) = (0, 0);
        var deadline = Deadline.After(MatchTime, default);
        using var mainStopping = main.StopAt(deadline);
        using var trackFilesStopping = trackFiles.StopAt(deadline);
        try
        {
            for (var i = 0; i < Samples; i++)
            {
                using var tracks = track.Query((long)((Int128)last * i / Samples));
                if (tracks.Step())
                {
                    using var rows = file.Query(tracks.Text(0));
                    found += rows.Step() ? 1 : 0;
                    of++;
                }
            }
        }
        catch (CatalogException e) when (e.Fault == CatalogFault.TookTooLong)
        {
            // What was looked up is enough.
        }

        return (found, of);
    }

    /// <summary>Why the two files do not belong together by what <see cref="MatchPair"/> found, and what to do; null when they do.</summary>
    public string? PairProblem((int Found, int Of) match) => match.Found * 2 >= match.Of
        ? null
        : $"{files.TrackFiles} seems to belong to another catalog: only {match.Found} of {match.Of} tracks have a row in it. Put the one beside {files.Main} that came with it.";

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
        using var connection = Connection.OpenImmutable(path, CacheBytes, mmapBytes: 0);
        var pages = long.Parse(connection.QueryText("PRAGMA page_count")!, CultureInfo.InvariantCulture);
        using var stage = progress.Begin($"pages of {Path.GetFileName(path)}", pages);

        // Pages read so far; those of a large index are read more than once.
        connection.WhileRunning(() => stage.Advance(Math.Min(pages, connection.CacheMisses)));
        using var check = connection.Prepare("PRAGMA integrity_check(20)");
        using var rows = check.Query();
        while (rows.Step())
        {
            var line = Encoding.UTF8.GetString(rows.Text(0));
            if (line != "ok")
            {
                problems.Add($"{path}: {line}");
            }
        }

        stage.Advance(pages);
    }

    private static Connection Open(string path) => Connection.OpenImmutable(path, cacheBytes: 1L << 20, mmapBytes: 0);

    private static long HighestRowid(Connection connection, string table) =>
        long.Parse(connection.QueryText($"SELECT coalesce(max(rowid), 0) FROM {table}")!, CultureInfo.InvariantCulture);
}
