using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Compares the two files with what the statements of this program need.</summary>
public static class SchemaCheck
{
    /// <summary>Finds what is missing.</summary>
    /// <returns>What the server can live with, each as one sentence.</returns>
    /// <exception cref="OperatorException">A table or column is missing.</exception>
    /// <exception cref="SqliteException">A file is not a database, or its schema cannot be read.</exception>
    public static List<string> Check(CatalogFiles files)
    {
        var warnings = new List<string>();
        Check(files.Main, CatalogSchema.Main, warnings);
        if (files.TrackFiles is null)
        {
            warnings.Add(
                $"{CatalogSchema.TrackFilesFileName} is not beside {files.Main}: tracks lack original_title, version_title, has_lyrics, "
                    + "languages and artist_roles until it is put there and the server reloaded (SIGHUP) or started again.");
        }
        else
        {
            Check(files.TrackFiles, CatalogSchema.TrackFiles, warnings);
        }

        return warnings;
    }

    /// <summary>Whether a main database was made from MusicBrainz.</summary>
    internal static bool IsMusicBrainz(Microsoft.Data.Sqlite.SqliteConnection main) =>
        main.QueryNumber("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", CatalogSchema.MusicBrainz[0].Name) is not null;

    private static void Check(string path, IReadOnlyList<CatalogSchema.Table> tables, List<string> warnings)
    {
        warnings.AddRange(SqliteFile.PendingChanges(path));
        using var connection = SqliteFile.OpenForReading(path, cacheBytes: 64 * 1024);
        var all = IsMusicBrainz(connection) ? tables.Concat(CatalogSchema.MusicBrainz) : tables;
        foreach (var table in all.Where(table => table.IsRead))
        {
            Check(connection, path, table, warnings);
        }
    }

    private static void Check(
        Microsoft.Data.Sqlite.SqliteConnection connection, string path, CatalogSchema.Table table, List<string> warnings)
    {
        var columns = connection.QueryTexts($"SELECT name FROM pragma_table_info('{table.Name}')");
        if (columns.Count == 0)
        {
            throw new OperatorException(
                $"{path} has no table {table.Name}: it is not the {Path.GetFileName(path)} of this catalog. Check the path, and that the "
                    + "download is complete.");
        }

        var missing = table.Columns.Where(column => column.IsRead && !columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase));
        foreach (var column in missing)
        {
            throw new OperatorException(
                $"{path} has no column {table.Name}.{column.Name}: this copy has another schema than the server was written for.");
        }

        var indexed = connection.QueryTexts($"""
            SELECT (SELECT name FROM pragma_index_info(list.name) WHERE seqno = 0)
            FROM pragma_index_list('{table.Name}') AS list
            WHERE list.partial = 0
            """);
        var needed = table.Indexes.Where(index => index.Without is not null);
        foreach (var index in needed.Where(index => !indexed.Contains(index.Column, StringComparer.OrdinalIgnoreCase)))
        {
            warnings.Add(
                $"{path} has no index on {table.Name}.{index.Column}: {index.Without}. Create it with the server stopped: "
                    + $"{table.CreateIndexSql(index)};");
        }
    }
}
