using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;
using SQLitePCL;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Makes the two database files of a dump of MusicBrainz.</summary>
/// <remarks>
/// Until they are whole, everything lies in a folder beside them. What was extracted from archives, by far the slowest part, is kept there
/// when the import is interrupted; all else begins anew. The same dump gives the same bytes, whatever the memory.
/// </remarks>
/// <param name="options">What to import, and with what.</param>
/// <param name="say">Is told in a sentence what is decided.</param>
/// <param name="progress">Is told how far it has got.</param>
public sealed class MusicBrainzImport(MusicBrainzOptions options, Action<string> say, IWorkProgress progress)
{
    /// <summary>The folder, in that of the database files, that everything lies in until these are whole.</summary>
    public const string WorkFolder = "musicbrainz.importing";

    /// <summary>
    /// The <c>application_id</c> in the header of the files ("MBrz"), by which a file that an interrupted import left is known.
    /// </summary>
    private const int ApplicationId = 0x4D42727A;

    private readonly string _main = Path.Combine(options.Folder, CatalogSchema.MainFileName);
    private readonly string _trackFiles = Path.Combine(options.Folder, CatalogSchema.TrackFilesFileName);
    private readonly string _work = Path.Combine(options.Folder, WorkFolder);

    /// <summary>Imports the dump.</summary>
    /// <exception cref="OperatorException">Something is wrong with the dump or the folder; the message says what.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; what was extracted is kept.</exception>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            if (WasDone())
            {
                Directory.Delete(_work, recursive: true);
                say($"{_main} was made before; nothing was left to do but to put things in order.");
                return;
            }

            Refuse();
            using (Storage.LockFolder(
                _work, $"Another process is importing into {options.Folder}. Wait until it is done, or stop it."))
            {
                var dump = new Dump(Extract(cancellation), progress, cancellation);
                Write(dump, cancellation);
                Publish();
            }

            Directory.Delete(_work, recursive: true);
        }
        catch (SqliteException e) when (e.Code == raw.SQLITE_CONSTRAINT)
        {
            throw Dump.Twice(e.Detail);
        }
        catch (SqliteException e)
        {
            throw new OperatorException($"The catalog could not be written. {e.Detail}. Free some space there if it is full; the same "
                + $"command continues.", nameof(MusicBrainzOptions.Folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"The import stopped: {e.Message.TrimEnd('.')}. The same command continues.", nameof(MusicBrainzOptions.Folder));
        }
    }

    /// <summary>Whether an import was killed when both files had their names.</summary>
    private bool WasDone() => Directory.Exists(_work) && File.Exists(_main) && IsOurs(_main);

    private static bool IsOurs(string path) => CatalogFile.HasApplicationId(path, ApplicationId);

    /// <summary>A newer dump is imported beside the files that are being served, never over them.</summary>
    private void Refuse()
    {
        foreach (var dump in options.Dumps.Where(dump => !Path.Exists(dump)))
        {
            throw new OperatorException($"{dump} does not exist.");
        }

        if (Path.Exists(_main) || (Path.Exists(_trackFiles) && !IsOurs(_trackFiles)))
        {
            throw new OperatorException($"{options.Folder} has a catalog, which is left alone. Import into an empty folder, then rename "
                + $"the files over those that are served.", nameof(MusicBrainzOptions.Folder));
        }
    }

    /// <summary>The folders with the tables.</summary>
    private List<string> Extract(CancellationToken cancellation)
    {
        var folders = new List<string>();
        foreach (var dump in options.Dumps)
        {
            if (Directory.Exists(dump))
            {
                folders.Add(dump);
                continue;
            }

            var folder = Path.Combine(_work, $"archive-{folders.Count}");
            DumpArchive.Extract(dump, folder, say, progress, cancellation);
            folders.Add(folder);
        }

        return folders;
    }

    private void Write(Dump dump, CancellationToken cancellation)
    {
        var sorting = Path.Combine(_work, "sorting");
        if (Directory.Exists(sorting))
        {
            Directory.Delete(sorting, recursive: true);
        }

        _ = Directory.CreateDirectory(sorting);
        CheckSpace(dump);
        var rows = new CatalogRows(dump, sorting, options.WorkingMemory, progress, cancellation);
        using (var file = Create(_main, [.. CatalogSchema.Main, .. CatalogSchema.MusicBrainz], cancellation))
        {
            rows.Write(file);
            file.Finish("Indexing", progress);
        }

        // MusicBrainz has nothing of what this file holds. Without it a server would say at each start that it is missing.
        using (var file = Create(_trackFiles, CatalogSchema.TrackFiles, cancellation))
        {
            file.Finish("Indexing track files", progress);
        }

        if (rows.LeftOut.ToString() is { Length: > 0 } leftOut)
        {
            say(leftOut);
        }
    }

    private CatalogFile Create(string path, IReadOnlyList<CatalogSchema.Table> tables, CancellationToken cancellation)
    {
        var unfinished = Unfinished(path);
        File.Delete(unfinished);
        return new CatalogFile(unfinished, tables, ApplicationId, cancellation);
    }

    /// <summary>The database files come last of all, the main one after the other: where it is, the import is done.</summary>
    private void Publish()
    {
        foreach (var path in new[] { _trackFiles, _main })
        {
            Storage.Publish(Unfinished(path), path);
        }

        Storage.FlushFolder(options.Folder);
    }

    private string Unfinished(string path) => Path.Combine(_work, Path.GetFileName(path));

    private void CheckSpace(Dump dump)
    {
        // Sorted once by recording and once by release, and then in the database with its indexes: twice as much, as measured
        // (docs/musicbrainz.md).
        var needed = dump.Size * 5 / 2;
        var free = Storage.FreeSpace(_work);
        if (free < needed)
        {
            throw new OperatorException($"{options.Folder} has {free / 1_000_000} MB free, but the catalog needs about "
                + $"{needed / 1_000_000} MB while it is made.", nameof(MusicBrainzOptions.Folder));
        }
    }
}
