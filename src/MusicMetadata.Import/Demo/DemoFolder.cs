using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo;

/// <summary>The folder of an invented catalog: keeps a finished one, and touches no file that the demo did not make.</summary>
/// <remarks>
/// The files get their names only when they are whole, and <c>demo.json</c>, which says how they were made, comes last: what an interrupted
/// run leaves behind is never taken for a catalog.
/// </remarks>
public sealed class DemoFolder
{
    /// <summary>The <c>application_id</c> of every file that the demo made ("Demo"), by which it knows what it may replace.</summary>
    internal const int ApplicationId = 0x44656D6F;

    /// <summary>Both files take some 850 bytes a track; SQLite sorts the rows of an index in files beside them meanwhile.</summary>
    private const long BytesPerTrack = 1_000;

    /// <summary>Empty tables and indexes, and the least that every catalog has.</summary>
    private const long MinBytes = 4 << 20;

    private readonly DemoOptions _options;
    private readonly string _trackFiles;
    private readonly string _marker;

    /// <summary>The folder that the options name.</summary>
    public DemoFolder(DemoOptions options)
    {
        _options = options;
        var folder = Path.GetFullPath(options.Folder);
        Main = Path.Combine(folder, CatalogSchema.MainFileName);
        _trackFiles = Path.Combine(folder, CatalogSchema.TrackFilesFileName);
        _marker = Path.Combine(folder, "demo.json");
    }

    /// <summary>Path of the main database.</summary>
    public string Main { get; }

    private string MarkerText =>
        $"{{\"generator\":{DemoOptions.GeneratorVersion},\"tracks\":{_options.Tracks},\"seed\":{_options.Seed}}}\n";

    /// <summary>Makes the catalog unless the folder has it.</summary>
    /// <returns>True when it was made, false when it was there.</returns>
    /// <exception cref="OperatorException">The folder cannot be used; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop; the folder has no new catalog.</exception>
    public async Task<bool> EnsureAsync(IWorkProgress progress, CancellationToken cancellation)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Main)!);

            // Held until the end, so that two runs do not write the same files.
            using var inUse = new FileStream(
                _marker + ".lock", FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            if (IsFinished())
            {
                return false;
            }

            Refuse(Main);
            Refuse(_trackFiles);
            CheckSpace();
            await MakeAsync(progress, cancellation);
            return true;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OperatorException($"{_options.Folder} may not be written to: {e.Message}", nameof(DemoOptions.Folder));
        }
        catch (IOException e)
        {
            throw new OperatorException($"{_options.Folder} cannot hold the catalog: {e.Message}", nameof(DemoOptions.Folder));
        }
        catch (SqliteException e)
        {
            throw new OperatorException(
                $"The catalog could not be written. {e.Detail}. Free some space there if it is full.", nameof(DemoOptions.Folder));
        }
    }

    private bool IsFinished() =>
        File.Exists(_marker) && File.ReadAllText(_marker) == MarkerText && IsOurs(Main) && IsOurs(_trackFiles);

    private static bool IsOurs(string path) => File.Exists(path) && CatalogFile.HasApplicationId(path, ApplicationId);

    private static void Refuse(string path)
    {
        if (Path.Exists(path) && !IsOurs(path))
        {
            throw new OperatorException(
                $"{path} was not made by this command, so it is left alone; it can be served as it is.", nameof(DemoOptions.Folder));
        }
    }

    private void CheckSpace()
    {
        var folder = Path.GetDirectoryName(Main)!;
        var free = Storage.FreeSpace(folder);
        var needed = MinBytes + (_options.Tracks * BytesPerTrack);
        if (free < needed)
        {
            throw new OperatorException(
                $"{folder} has {Megabytes(free)} MB free, but {_options.Tracks} tracks need {Megabytes(needed)} MB. Make fewer tracks, or "
                    + "free some space.",
                nameof(DemoOptions.Folder));
        }
    }

    private async Task MakeAsync(IWorkProgress progress, CancellationToken cancellation)
    {
        var main = Main + ".unfinished";
        var trackFiles = _trackFiles + ".unfinished";
        try
        {
            File.Delete(main);
            File.Delete(trackFiles);
            await CatalogWriter.WriteAsync(_options, main, trackFiles, progress, cancellation);
            File.Delete(_marker);
            File.Move(main, Main, overwrite: true);
            File.Move(trackFiles, _trackFiles, overwrite: true);
            await File.WriteAllTextAsync(_marker, MarkerText, CancellationToken.None);
        }
        catch
        {
            File.Delete(main);
            File.Delete(trackFiles);
            throw;
        }
    }

    private static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;
}
