using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Builds the search index of a catalog: reads each table once in the order of its rowids, sorts on disk, and gives the file its name when it
/// is whole.
/// </summary>
/// <remarks>
/// Until then everything lies in a folder beside it. What has been read of the catalog, by far the slowest part on slow storage, is kept there
/// when building is interrupted; sorting and writing, which take minutes, begin anew.
/// </remarks>
/// <param name="options">What to build, and with what.</param>
/// <param name="say">Is told in a sentence what is decided.</param>
/// <param name="progress">Is told how far it has got.</param>
public sealed class IndexBuilder(IndexOptions options, Action<string> say, IWorkProgress progress)
{
    /// <summary>What the folder's name adds to that of the index.</summary>
    public const string FolderSuffix = ".building";

    private readonly string _folder = options.IndexPath + FolderSuffix;
    private readonly Dictionary<SourceTable, long> _highest = [];

    /// <summary>Builds it, unless there is one that fits.</summary>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="OperatorException">The catalog cannot be read, or there is no space, or another process builds the same index.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; what was read is kept.</exception>
    public bool Build(CancellationToken cancellation)
    {
        if (Directory.Exists(options.IndexPath))
        {
            throw new OperatorException($"{options.IndexPath} is a folder.", nameof(IndexOptions.IndexPath));
        }

        var file = CatalogFiles.Find(options.Database).MainIdentity();
        var source = options.CatalogId ?? file;
        if (File.Exists(options.IndexPath))
        {
            var reason = IndexFile.WhyNot(options.IndexPath, source);
            if (reason is null)
            {
                say($"{options.IndexPath} is the index of {options.Database} already; nothing to do. Delete it to build it anew.");
                return false;
            }

            say($"{options.IndexPath} will be replaced: {reason}.");
        }

        try
        {
            using var locked = Lock();
            using var database = SqliteFile.OpenForServing(options.Database, cacheBytes: 4 << 20, mmapBytes: 0);
            Begin(file);
            CheckSpace(database);
            var reader = new NameReader(_folder, options.WorkingMemory, progress);
            foreach (var table in SourceTable.All)
            {
                ReleaseMemory();
                reader.Read(database, table, _highest[table], cancellation);
            }

            Write(source, reader, cancellation);
        }
        catch (SqliteException e)
        {
            throw new OperatorException($"{e.Detail}. The index could not be built; what was read so far is kept in {_folder}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The index could not be written: {e.Message}", nameof(IndexOptions.IndexPath));
        }

        Directory.Delete(_folder, recursive: true);
        return true;
    }

    /// <summary>Holds the folder as long as this process builds; the kernel lets go of it when the process is killed.</summary>
    private FileStream Lock()
    {
        _ = Directory.CreateDirectory(_folder);
        try
        {
            return new FileStream(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(Path.Combine(_folder, "lock")))
        {
            throw new OperatorException($"Another process is building {options.IndexPath}. Wait until it is done, or stop it.");
        }
    }

    /// <summary>Leaves in the folder only what this building can use.</summary>
    /// <param name="identity">That of the file itself: what was read of another one is of no use, whatever both are called.</param>
    private void Begin(CatalogIdentity identity)
    {
        var expected = $"{IndexSchema.Version} {identity}";
        var sourceFile = Path.Combine(_folder, "source");
        var matches = File.Exists(sourceFile) && File.ReadAllText(sourceFile) == expected;
        var kept = 0;
        foreach (var file in Directory.GetFiles(_folder).Where(file => Path.GetFileName(file) is not ("lock" or "source")))
        {
            if (matches && Path.GetExtension(file) is ".names" or ".complete")
            {
                kept++;
                continue;
            }

            File.Delete(file);
        }

        if (kept > 0)
        {
            say($"Continuing: what was read into {_folder} before is used.");
        }

        if (!matches)
        {
            using var writer = new SpillWriter(sourceFile);
            writer.WriteBytes(System.Text.Encoding.UTF8.GetBytes(expected));
            writer.Finish();
        }
    }

    private void CheckSpace(Connection database)
    {
        var needed = 0.0;
        foreach (var table in SourceTable.All)
        {
            var highest = table.HighestRowid(database);
            var length = double.Parse(
                database.QueryText($"SELECT avg(length(CAST(name AS BLOB))) FROM (SELECT name FROM {table.Name} ORDER BY rowid LIMIT 10000)") ?? "0",
                CultureInfo.InvariantCulture);
            _highest.Add(table, highest);

            // A name with its place, its grams in runs, and its part of the index, each as large as measured (docs/search-performance.md).
            needed += highest * (8 + (2.9 * length));
        }

        var present = Directory.GetFiles(_folder).Sum(file => new FileInfo(file).Length);
        var free = new DriveInfo(_folder).AvailableFreeSpace;
        say(string.Create(CultureInfo.InvariantCulture, $"Building {options.IndexPath} needs about {Gigabytes(needed)} GB while it runs; {Gigabytes(free + present)} GB are free."));
        if (needed > free + present)
        {
            throw new OperatorException($"{_folder} has {Gigabytes(free + present)} GB of space; about {Gigabytes(needed)} GB are needed. Free some.", nameof(IndexOptions.IndexPath));
        }
    }

    private void Write(CatalogIdentity source, NameReader names, CancellationToken cancellation)
    {
        var path = Path.Combine(_folder, IndexSchema.FileName);
        using (var index = SqliteFile.OpenForWriting(path))
        {
            // Nothing is saved by a journal: a file that was not finished is deleted.
            index.Execute($"PRAGMA page_size={IndexSchema.PageSize}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384; BEGIN");
            var content = new NameHash();
            foreach (var table in SourceTable.All)
            {
                ReleaseMemory();
                new TableIndexer(index, table, content, _folder, options.WorkingMemory, progress).Run(names.RunsOf(table), _highest[table], cancellation);
            }

            IndexFile.Sign(index, source, content.ToString());
            index.Execute("COMMIT");
        }

        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }

        File.Move(path, options.IndexPath, overwrite: true);
    }

    /// <summary>
    /// A step's arrays take most of the memory that is allowed; the collector, left alone, would keep those of one step until the next has its own.
    /// </summary>
    private static void ReleaseMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString(bytes < 1e10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
