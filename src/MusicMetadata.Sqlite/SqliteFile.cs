using Microsoft.Data.Sqlite;
using MusicMetadata.Catalog;
using SQLitePCL;

namespace MusicMetadata.Sqlite;

/// <summary>The only place that decides how a SQLite file is opened: for serving, for maintenance, and for writing.</summary>
public static class SqliteFile
{
    static SqliteFile() => Batteries_V2.Init();

    /// <summary>Opens a finished file that nobody writes to, for statements that answer requests.</summary>
    /// <remarks>
    /// <c>immutable=1</c> makes SQLite take no lock and look for no journal, so it writes nothing beside the file and works from read-only
    /// media. The price: a file changed in place while it is open gives wrong answers; replace it by renaming instead.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="cacheBytes">
    /// The most memory SQLite keeps of this file's pages, in bytes; filled as pages are read outside the memory map.
    /// </param>
    /// <param name="mmapBytes">How much of the file's beginning is read through a memory map, in bytes; 0 for none.</param>
    /// <exception cref="SqliteException">The file cannot be opened or is not a database.</exception>
    public static Connection OpenForServing(string path, long cacheBytes, long mmapBytes)
    {
        var connection = Connection.Open(ImmutableUri(path), path);
        try
        {
            var map = mmapBytes > 0 ? new MemoryMap(path) : null;
            connection.Execute($"PRAGMA mmap_size={mmapBytes}");
            connection.Execute($"PRAGMA cache_size=-{Math.Max(1, cacheBytes / 1024)}");
            connection.Execute("PRAGMA query_only=1");
            connection.Execute("PRAGMA temp_store=MEMORY");
            connection.Execute("PRAGMA trusted_schema=0");

            // One read transaction for the connection's whole life: nobody writes, so there is nothing to let through, and a statement that
            // finds one open neither begins nor ends its own. A track lookup runs about twelve statements.
            connection.Execute("BEGIN");
            connection.Execute("SELECT count(*) FROM sqlite_schema");

            // SQLite makes its memory map when it first reads a page beyond the file's first one, such as the root of any table.
            if (map is not null
                && connection.QueryText("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 1 LIMIT 1") is { } table)
            {
                connection.Execute($"SELECT 1 FROM \"{table.Replace("\"", "\"\"")}\" LIMIT 1");
                map.ExpectRandomReads();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a finished file that nobody writes to, for checks and whatever else is no request.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cacheBytes">The most memory SQLite keeps of this file's pages, in bytes.</param>
    /// <exception cref="SqliteException">The file cannot be opened or is not a database.</exception>
    public static SqliteConnection OpenForReading(string path, long cacheBytes)
    {
        var connection = Open(ImmutableUri(path), SqliteOpenMode.ReadOnly, path);
        try
        {
            connection.Execute($"PRAGMA cache_size=-{Math.Max(1, cacheBytes / 1024)}; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=0");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that this process alone writes, and creates it when there is none.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or created.</exception>
    public static SqliteConnection OpenForWriting(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, path);

    /// <summary>Makes sure that a file is there and may be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">See <see cref="OperatorException.Setting"/>.</param>
    /// <exception cref="OperatorException">It is not, or may not.</exception>
    public static void CheckReadable(string path, string? setting)
    {
        if (Directory.Exists(path))
        {
            throw new OperatorException($"{path} is a folder.", setting);
        }

        if (!File.Exists(path))
        {
            throw new OperatorException($"{path} does not exist.", setting);
        }

        try
        {
            using var file = File.OpenHandle(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"{path} may not be read by user {CurrentUser.Name}. Let it: chmod a+r, or add the user to the file's group.");
        }
        catch (IOException e)
        {
            throw new OperatorException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>
    /// Says which files beside a database hold changes that are not in it yet, each as one sentence; nothing when none does.
    /// </summary>
    public static IEnumerable<string> PendingChanges(string path)
    {
        // SQLite puts them beside the file itself, wherever links to it are.
        var file = Storage.RealPath(path);
        foreach (var pending in new[] { file + "-wal", file + "-journal" })
        {
            if (File.Exists(pending) && new FileInfo(pending).Length > 0)
            {
                yield return $"{pending} holds changes that are not served and not copied: they are not in the database file yet. "
                    + "Let the program that writes it finish, or open and close it once with sqlite3.";
            }
        }
    }

    private static SqliteConnection Open(string source, SqliteOpenMode mode, string path)
    {
        // A pool would keep files open that their owner has closed, to rename or to delete them. Foreign keys are enforced in some builds
        // of SQLite only, and cost a search for each row that is added.
        var settings = new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, ForeignKeys = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            connection.Dispose();
            throw SqliteException.From(e, path);
        }
    }

    /// <summary>What SQLite documents for a path inside a <c>file:</c> URI: only these three characters mean something there.</summary>
    private static string ImmutableUri(string path)
    {
        var escaped = Path.GetFullPath(path).Replace("%", "%25").Replace("?", "%3f").Replace("#", "%23");
        return $"file:{(OperatingSystem.IsWindows() ? "/" + escaped.Replace('\\', '/') : escaped)}?immutable=1";
    }
}
