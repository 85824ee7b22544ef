using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Builds the search index of a catalog: reads the names of each entity once in the order of their keys, sorts on disk, and gives the
/// file its name when it is whole.
/// </summary>
/// <remarks>
/// Until then everything lies in a folder beside it. What has been read of the catalog, by far the slowest part on slow storage, is kept
/// there when building is interrupted; sorting and writing, which take minutes, begin anew.
/// </remarks>
/// <param name="source">The catalog.</param>
/// <param name="options">What to build, and with what.</param>
/// <param name="say">Is told in a sentence what is decided.</param>
/// <param name="progress">Is told how far it has got.</param>
public sealed class IndexBuilder(IndexSource source, IndexOptions options, Action<string> say, IWorkProgress progress)
{
    /// <summary>What the folder's name adds to that of the index.</summary>
    public const string FolderSuffix = ".building";

    private readonly string _folder = options.IndexPath + FolderSuffix;
    private readonly Dictionary<IndexTable, EntityExtent> _extents = [];

    /// <summary>Builds it, unless there is one that fits.</summary>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="OperatorException">
    /// The catalog cannot be read, or there is no space, or another process builds the same index.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped; what was read is kept.</exception>
    public async Task<bool> BuildAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(options.IndexPath))
        {
            throw new OperatorException($"{options.IndexPath} is a folder.", nameof(IndexOptions.IndexPath));
        }

        if (File.Exists(options.IndexPath))
        {
            var reason = IndexFile.FindProblem(options.IndexPath, source.Identity) ?? FindOtherParts();
            if (reason is null)
            {
                say($"{options.IndexPath} is the index of {source.Name} already; nothing to do. Delete it to build it anew.");
                return false;
            }

            say($"{options.IndexPath} will be replaced: {reason}.");
        }

        try
        {
            using var locked = Storage.LockFolder(
                _folder, $"Another process is building {options.IndexPath}. Wait until it is done, or stop it.");
            Begin();
            var names = new NameReader(_folder, options.WorkingMemory, options.Terms, progress);
            var entries = new EntryReader(_folder, options.WorkingMemory, progress);
            await ReadAsync(names, entries, cancellation);
            Write(names, entries, cancellation);
        }
        catch (CatalogException e)
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

    /// <summary>Why an index that fits is not what is to be built; null when it is.</summary>
    private string? FindOtherParts()
    {
        using var index = SqliteFile.OpenForServing(options.IndexPath, cacheBytes: 64 * 1024, mmapBytes: 0);
        return IndexFile.HasTerms(index) == options.Terms ? null
            : options.Terms ? "it was built without words"
            : "it was built with words";
    }

    /// <summary>Leaves in the folder only what this building can use.</summary>
    private void Begin()
    {
        var expected = $"{IndexSchema.Version} {source.ContentIdentity}{(options.Terms ? "" : " without terms")}";
        var sourceFile = Path.Combine(_folder, "source");
        var matches = File.Exists(sourceFile) && File.ReadAllText(sourceFile) == expected;
        var kept = 0;
        foreach (var file in Directory.GetFiles(_folder).Where(file => Path.GetFileName(file) is not (Storage.LockName or "source")))
        {
            if (matches && Path.GetExtension(file) is ".names" or ".sorted" or ".complete")
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

    private async Task ReadAsync(NameReader names, EntryReader entries, CancellationToken cancellation)
    {
        using var reader = await source.Store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never(cancellation));
        await CheckSpaceAsync(reader);
        foreach (var table in IndexTable.All)
        {
            ReleaseMemory();
            await names.ReadAsync(reader, table, _extents[table], cancellation);
        }

        ReleaseMemory();
        await entries.ReadAsync(reader, _extents.ToDictionary(extent => extent.Key.Entity, extent => extent.Value), cancellation);
    }

    private async Task CheckSpaceAsync(ICatalogReader reader)
    {
        var needed = 0.0;
        foreach (var table in IndexTable.All)
        {
            var extent = await reader.MeasureAsync(table.Entity);
            _extents.Add(table, extent);

            // A name with its sort key, its n-grams in runs, and its part of the index, as large as measured (docs/search-performance.md);
            // and the same for its terms: an artist has one for each year.
            var terms = table.Entity switch
            {
                _ when !options.Terms => 0,
                Entity.Track => 140,
                Entity.Album => 90,
                _ => 260,
            };
            needed += extent.EstimatedCount * (8 + terms + (2.9 * await MeasureNamesAsync(reader, table.Entity)));

            // What matching needs of a track and its album, sorted, less what has been deleted by then.
            needed += table.Entity == Entity.Track ? extent.EstimatedCount * 55.0 : 0;
        }

        var present = Directory.GetFiles(_folder).Sum(file => new FileInfo(file).Length);
        var free = Storage.FreeSpace(_folder) + present;
        say($"Building {options.IndexPath} needs about {Gigabytes(needed)} GB while it runs; {Gigabytes(free)} GB are free.");
        if (needed > free)
        {
            throw new OperatorException(
                $"{_folder} has {Gigabytes(free)} GB of space; about {Gigabytes(needed)} GB are needed. Free some.",
                nameof(IndexOptions.IndexPath));
        }
    }

    /// <summary>How many bytes names have on average, by the first of them.</summary>
    private static async Task<double> MeasureNamesAsync(ICatalogReader reader, Entity entity)
    {
        var names = new NameScan(reader, entity, CatalogKey.None);
        var (count, bytes) = (0, 0L);
        while (count < 10_000 && await names.ReadAsync())
        {
            for (var i = 0; i < names.Count; i++)
            {
                bytes += names[i].Name.Length;
            }

            count += names.Count;
        }

        return count == 0 ? 0 : (double)bytes / count;
    }

    private void Write(NameReader names, EntryReader entries, CancellationToken cancellation)
    {
        var path = Path.Combine(_folder, IndexSchema.FileName);
        using (var index = SqliteFile.OpenForWriting(path))
        {
            // Nothing is saved by a journal: a file that was not finished is deleted.
            index.Execute($"PRAGMA page_size={IndexSchema.PageSize}");
            index.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384; BEGIN");
            var content = new NameHash();
            foreach (var table in IndexTable.All)
            {
                ReleaseMemory();
                var indexer = new TableIndexer(index, table, content, _folder, options.WorkingMemory, options.Terms, progress);
                indexer.Run(names.RunsOf(table), _extents[table].EstimatedCount, cancellation);
            }

            ReleaseMemory();
            new BlockTable(index, entries, progress).Write(cancellation);
            IndexFile.Sign(index, source.Identity, content.ToString(), options.Terms);
            index.Execute("COMMIT");
        }

        Storage.Publish(path, options.IndexPath);
    }

    /// <summary>
    /// A step's arrays take most of the memory that is allowed; the collector, left alone, would keep those of one step until the next has
    /// its own.
    /// </summary>
    private static void ReleaseMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString(bytes < 1e10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
