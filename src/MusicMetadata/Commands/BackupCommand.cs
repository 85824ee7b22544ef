using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Loading;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>Makes a verified copy of the database files, also while they are served. Copying a backup back is the same command.</summary>
internal static class BackupCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var store = new StoreSettings();
        var folder = new Argument<string>("folder") { Description = "Where the copies go; made if it is not there." };
        var command = new Command(
            "backup", "Copies the database files to another folder, verified, also while they are served.") { folder };
        command.Options.Add(store.Database);
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Run(parsed.Value(store.Database), parsed.GetValue(folder)!, cancellation)));
        return command;
    }

    private static int Run(string database, string folder, CancellationToken cancellation)
    {
        using var stop = new StopSignals(cancellation);
        try
        {
            var files = CatalogLoader.Find(database);
            foreach (var (path, wasThere) in new CatalogBackup(files, folder, ProgressReport.OnStandardError()).Run(stop.Token))
            {
                Console.WriteLine(wasThere ? $"There already, and the same: {path}" : $"Copied and verified: {path}");
            }

            if (files.MissingPart is { } missing)
            {
                Console.WriteLine(missing);
            }

            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("metadata-api: stopped before the backup was finished; started again it goes on with the .part files.");
            return StopSignals.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The backup failed: {e.Message}. Started again it goes on with the .part files.");
        }
    }
}
