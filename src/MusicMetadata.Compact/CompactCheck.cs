using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Compact.Reading;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact;

/// <summary>Checks a compact catalog.</summary>
/// <param name="path">Where it is.</param>
public sealed class CompactCheck(string path) : ICatalogCheck
{
    private const int MaxProblems = 20;

    /// <inheritdoc/>
    public List<string> CheckSchema()
    {
        using var connection = SqliteFile.OpenForServing(path, cacheBytes: 64 * 1024, mmapBytes: 0);
        using var reader = new CompactReader(pool: null, connection, CompactFile.Read(connection));
        return [.. SqliteFile.PendingChanges(path)];
    }

    /// <inheritdoc/>
    public (string? Finding, string? Problem) CheckPair() => default;

    /// <inheritdoc/>
    public IReadOnlyList<(string Table, long Rows)> CountRows(IWorkProgress progress) =>
        FileCheck.CountRows(path, [.. CompactFormat.Tables.Select(table => table.Name)], progress);

    /// <summary>
    /// Reads every record and every other blob, compares their checksums and their sum with what the file says, and every page.
    /// </summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public List<string> CheckIntegrity(IWorkProgress progress)
    {
        var problems = new List<string>();
        try
        {
            problems.AddRange(FileCheck.CheckIntegrity(path, progress));
            using var served = SqliteFile.OpenForServing(path, FileCheck.CacheBytes, mmapBytes: 0);
            CheckRows(served, problems, progress);
        }
        catch (CatalogException e)
        {
            problems.Add(e.Detail);
        }

        return problems;
    }

    private void CheckRows(Connection connection, List<string> problems, IWorkProgress progress)
    {
        var file = CompactFile.Read(connection);
        var page = new AlbumPage(Zstd.CreateDecompressor(file.Dictionary), file.Codes);
        var artists = new ArtistTable(connection, file);
        var sum = UInt128.Zero;
        foreach (var table in CompactFormat.Tables)
        {
            using var statement = connection.Prepare(table.ReadSql);
            using var stage = progress.Begin($"rows of {table.Name}", 0);
            var read = 0L;
            using var rows = statement.Query(long.MinValue);
            while (rows.Step())
            {
                var key = rows.Number(0);
                var blob = rows.Text(1);
                sum += CompactFormat.HashOf(table, key, blob);
                try
                {
                    Check(table, key, blob, page, artists);
                }
                catch (InvalidDataException e) when (problems.Count < MaxProblems)
                {
                    problems.Add(Checksum.Damaged(path, table, key, e).Detail);
                }

                if ((++read & 0x3FF) == 0)
                {
                    stage.Advance(read);
                }
            }

            stage.Advance(read);
        }

        if (problems.Count == 0 && sum.ToString("x32", CultureInfo.InvariantCulture) != file.Identity.Value)
        {
            problems.Add($"{path} does not hold what it was built with: rows are missing, or there are some that do not belong to it.");
        }
    }

    private static void Check(Table table, long key, ReadOnlySpan<byte> blob, AlbumPage page, ArtistTable artists)
    {
        if (table == CompactFormat.Albums)
        {
            page.Load(new CatalogKey(key), blob);
        }
        else if (table == CompactFormat.Artists)
        {
            artists.Load(key, blob);
        }
        else
        {
            _ = Checksum.Verify(table, key, blob);
        }
    }
}
