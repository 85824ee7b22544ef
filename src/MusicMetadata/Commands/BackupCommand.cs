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
        command.SetAction(async (parsed, cancellation) => await StopSignals.RunAsync(
            stop =>
            {
                Run(parsed.Value(store.Database), parsed.GetValue(folder)!, stop);
                return Task.CompletedTask;
            },
            "stopped before the backup was finished; started again it goes on with the .part files.",
            cancellation) ? 0 : StopSignals.ExitCode);
        return command;
    }

    private static void Run(string database, string folder, CancellationToken cancellation)
    {
        try
        {
            var files = CatalogLoader.FindFiles(database);
            foreach (var (path, wasThere) in new CatalogBackup(files, folder, ProgressReport.OnStandardError()).Run(cancellation))
            {
                Console.WriteLine(wasThere ? $"There already, and the same: {path}" : $"Copied and verified: {path}");
            }

            if (files.MissingPart is { } missing)
            {
                Console.WriteLine(missing);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The backup failed: {e.Message}. Started again it goes on with the .part files.");
        }
    }
}
