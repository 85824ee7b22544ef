using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Building;

/// <summary>The catalog to build from.</summary>
/// <param name="Store">Where it is.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Identity">What changes whenever any of it does.</param>
/// <param name="LeftOut">What it has that no answer shows, by names that its owner knows.</param>
public sealed record CompactSource(ICatalogStore Store, string Name, CatalogIdentity Identity, IEnumerable<string> LeftOut);

/// <summary>
/// Builds a compact catalog in phases: texts and dictionary, artists, albums with their tracks, and the tables that are sorted. Stopped or
/// killed it goes on after the last finished phase, and makes the same file.
/// </summary>
/// <remarks>
/// Until the file is whole everything lies in a folder beside it; then it gets its name. What is read twice is only what a killed phase had
/// read.
/// </remarks>
/// <param name="source">The catalog.</param>
/// <param name="options">What to build, and with what.</param>
/// <param name="say">Is told in a sentence what is decided.</param>
/// <param name="progress">Is told how far it has got.</param>
public sealed class CompactBuilder(CompactSource source, CompactOptions options, Action<string> say, IWorkProgress progress)
{
    /// <summary>What the folder's name adds to that of the file.</summary>
    public const string FolderSuffix = ".building";

    private const int ArtistsAtOnce = 500;

    /// <summary>Bytes a track that the file and what is sorted take at most meanwhile, with room to spare.</summary>
    private const long BytesPerTrack = 260;

    private readonly string _folder = options.OutPath + FolderSuffix;

    private string FilePath => Path.Combine(_folder, CompactFormat.FileName);

    /// <summary>Builds it, unless there is one of the same catalog.</summary>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="OperatorException">
    /// The catalog cannot be read or changes meanwhile, or there is no space, or another process builds the same file, or something else
    /// has its name.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped; finished phases are kept.</exception>
    public async Task<bool> BuildAsync(CancellationToken cancellation)
    {
        if (!CheckTarget())
        {
            return false;
        }

        try
        {
            using var locked = Storage.LockFolder(
                _folder, $"Another process is building {options.OutPath}. Wait until it is done, or stop it.");
            Begin();
            using (var file = new BuildFile(FilePath))
            {
                await BuildAsync(file, cancellation);
            }

            if (source.Store.CheckHealth() is { IsReady: false, Problem: var problem })
            {
                Clear();
                throw new OperatorException(
                    $"{source.Name} changed while it was read: {problem} What was built of it is deleted; start again.");
            }

            Storage.Publish(FilePath, options.OutPath);
        }
        catch (Sqlite.SqliteException e)
        {
            throw new OperatorException($"{e.Detail}. The compact catalog could not be built; finished phases are kept in {_folder}.");
        }
        catch (CatalogException e)
        {
            throw new OperatorException(
                $"{source.Name}: {e.Detail}. The compact catalog could not be built; finished phases are kept in {_folder}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"The compact catalog could not be written: {e.Message} Finished phases are kept in {_folder}.",
                nameof(CompactOptions.OutPath));
        }

        Directory.Delete(_folder, recursive: true);
        Storage.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(options.OutPath))!);
        return true;
    }

    /// <summary>Whether there is something to do. Only a compact catalog is ever overwritten.</summary>
    private bool CheckTarget()
    {
        if (Directory.Exists(options.OutPath))
        {
            throw new OperatorException($"{options.OutPath} is a folder.", nameof(CompactOptions.OutPath));
        }

        if (!File.Exists(options.OutPath))
        {
            return true;
        }

        if (!CompactFiles.IsCompact(options.OutPath))
        {
            throw new OperatorException(
                $"{options.OutPath} is no compact catalog, and nothing else is overwritten.",
                nameof(CompactOptions.OutPath));
        }

        using var file = SqliteFile.OpenForReading(options.OutPath, cacheBytes: 64 * 1024);
        if (file.QueryText("SELECT value FROM meta WHERE name = 'source'") == Description)
        {
            say($"{options.OutPath} is made of {source.Name} already; nothing to do. Delete it to build it anew.");
            return false;
        }

        say($"{options.OutPath} will be replaced: it was made of another catalog, or with another level.");
        return true;
    }

    /// <summary>What the file is made of: the same means the same file.</summary>
    private string Description => string.Create(
        CultureInfo.InvariantCulture, $"{source.Identity} level {options.Level} format {CompactFormat.Version}");

    /// <summary>Keeps what this building can go on with, and nothing else.</summary>
    private void Begin()
    {
        var note = Path.Combine(_folder, "source");
        if (File.Exists(note) && File.ReadAllText(note) == Description)
        {
            return;
        }

        Clear();
        File.WriteAllText(note, Description);
    }

    private void Clear() => Array.ForEach(
        Directory.GetFiles(_folder).Where(file => Path.GetFileName(file) != Storage.LockName).ToArray(),
        File.Delete);

    private async Task BuildAsync(BuildFile file, CancellationToken cancellation)
    {
        if (file.IsFinished)
        {
            return;
        }

        var done = file.Phases;
        if (done > 0)
        {
            say($"Continuing after phase {done}.");
        }

        say($"Left out, because no answer shows them: {string.Join(", ", source.LeftOut)}.");
        using var reader = await source.Store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never(cancellation));
        var catalog = new CatalogSource(reader);
        await CheckSpaceAsync(catalog);
        var phases = new List<Func<Task>>
        {
            () => SampleAsync(file, catalog, cancellation),
            () => WriteArtistsAsync(file, catalog, cancellation),
            () => WriteAlbumsAsync(file, catalog, cancellation),
        };
        phases.AddRange(SortedTables.All.Select(table => (Func<Task>)(() => WriteSorted(file, table, cancellation))));
        for (var phase = done; phase < phases.Count; phase++)
        {
            await file.RunAsync(phases[phase]);
        }

        // Of a phase that was killed after it was done: the next one begins with a clean folder.
        foreach (var table in SortedTables.All)
        {
            SortRuns.Delete(_folder, table.Name);
        }

        file.Finish();
    }

    private async Task CheckSpaceAsync(CatalogSource catalog)
    {
        var needed = (await catalog.MeasureAsync(Entity.Track)).EstimatedCount * BytesPerTrack;
        var free = Storage.FreeSpace(_folder) + Directory.GetFiles(_folder).Sum(file => new FileInfo(file).Length);
        if (needed > free)
        {
            // No reason to refuse: rowids may have large gaps, by which there are far fewer tracks than they let expect.
            say(string.Create(CultureInfo.InvariantCulture, $"{_folder} has {free:N0} bytes of space; up to {needed:N0} may be needed."));
        }
    }

    private async Task SampleAsync(BuildFile file, CatalogSource catalog, CancellationToken cancellation)
    {
        using var stage = progress.Begin("texts and dictionary", 0);
        var sample = new CatalogSample(catalog);
        var codes = await sample.FindCodesAsync(cancellation);
        var dictionary = await sample.TrainAsync(codes, cancellation);
        var blob = new ByteBuffer();
        _ = blob.Add(Checksum.Size);
        blob.Add(dictionary);
        file.Seal(CompactFormat.Dictionary, 0, blob);
        blob.Clear();
        _ = blob.Add(Checksum.Size);
        codes.Write(blob);
        file.Seal(CompactFormat.Codes, 0, blob);
        file.SetMeta("version", CompactFormat.Version.ToString(CultureInfo.InvariantCulture));
        file.SetMeta("source", Description);
    }

    private async Task WriteArtistsAsync(BuildFile file, CatalogSource catalog, CancellationToken cancellation)
    {
        var record = new RecordWriter(Codes.Read(file.Read(CompactFormat.Codes, 0)));
        var writer = new AlbumWriter(record);
        var records = new CatalogRecords();
        var ids = new SortRuns(_folder, CompactFormat.ArtistIds.Name, options.WorkingMemory / 2);
        var order = new SortRuns(_folder, CompactFormat.ArtistOrder.Name, options.WorkingMemory / 2);
        var written = 0L;
        using var pipeline = new RecordPipeline(file, CompactFormat.Artists, options.Level, file.Read(CompactFormat.Dictionary, 0));
        using var stage = progress.Begin("artists", (await catalog.MeasureAsync(Entity.Artist)).EstimatedCount);
        var after = CatalogKey.None;
        while (await catalog.ReadArtistsAsync(after, ArtistsAtOnce, records) is { Length: > 0 } keys)
        {
            after = keys[^1];
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < records.Artists.Length; i++)
            {
                var artist = records.Artists[i];
                writer.WriteArtist(records, artist);
                ids.Add(KeyHash.Of(records.Text(artist.Id)), artist.Key.Value);
                order.Add(OrderKey.Descending(artist.Followers), ~artist.Key.Value);
                await pipeline.AddAsync(artist.Key.Value, record);
            }

            stage.Advance(written += records.Artists.Length);
        }

        await pipeline.FinishAsync();
        ids.Finish();
        order.Finish();
        file.SetMeta("artists", FormattableString.Invariant($"{written}"));
    }

    private async Task WriteAlbumsAsync(BuildFile file, CatalogSource catalog, CancellationToken cancellation)
    {
        var memory = options.WorkingMemory / AlbumPhase.Tables.Length;
        using var phase = new AlbumPhase(
            catalog,
            file,
            Codes.Read(file.Read(CompactFormat.Codes, 0)),
            file.Read(CompactFormat.Dictionary, 0),
            options.Level,
            table => new SortRuns(_folder, table.Name, memory));
        await phase.RunAsync(progress, cancellation);
    }

    private Task WriteSorted(BuildFile file, Table table, CancellationToken cancellation)
    {
        new SortedTables(file, _folder, progress, cancellation).Write(table);
        return Task.CompletedTask;
    }
}
