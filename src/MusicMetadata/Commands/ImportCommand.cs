using System.CommandLine;
using System.Globalization;
using MusicMetadata.Import.MusicBrainz;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>Makes the database files of a catalog that others publish.</summary>
internal static class ImportCommand
{
    /// <summary>Name of the option for where the database files go.</summary>
    public const string FolderName = "out";

    private static readonly MusicBrainzOptions Defaults = new() { Dumps = [], Folder = "." };

    /// <summary>The command, with one below it for each source.</summary>
    public static Command Create() =>
        new("import", "Makes the database files of a catalog that others publish.") { CreateMusicBrainz() };

    private static Command CreateMusicBrainz()
    {
        var dumps = new Argument<string[]>("dump")
        {
            Description = "mbdump.tar.bz2, with the archives beside it whose data you want; or a folder into which they were extracted.",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = Setting.Create(
            FolderName, "folder", "Where the two database files go; made if it is not there.", Defaults.Folder,
                Notation.NotEmpty("give the folder for the database files."));
        var memory = StoreSettings.MemoryOption(Defaults.Memory, MusicBrainzOptions.MinMemory);
        var command = new Command("musicbrainz", "Makes the database files of a dump of MusicBrainz.") { dumps, folder, memory };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new MusicBrainzOptions
            {
                Dumps = parsed.GetValue(dumps)!,
                Folder = parsed.Value(folder),
                Memory = parsed.Value(memory),
            };
            return await ImportAsync(options, cancellation) ? 0 : StopSignals.ExitCode;
        });
        return command;
    }

    /// <summary>Imports and says on standard error what happens; false when Ctrl+C or SIGTERM stopped it.</summary>
    private static Task<bool> ImportAsync(MusicBrainzOptions options, CancellationToken cancellation) =>
        StopSignals.RunAsync(
            async stop =>
            {
                new MusicBrainzImport(options, Console.Error.WriteLine, ProgressReport.OnStandardError()).Run(stop);
                var database = Path.Combine(options.Folder, CatalogSchema.MainFileName);
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Made {database}: {new FileInfo(database).Length:N0} bytes. Next: "
                        + $"{IndexCommand.CommandLine(database, IndexLocation.Beside, catalogId: null)}"));
            },
            "stopped before the import was finished. Archives that were extracted are kept: the same command continues.",
            cancellation);
}
