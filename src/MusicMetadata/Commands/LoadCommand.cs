using System.CommandLine;
using MusicMetadata.Loading;
using MusicMetadata.Postgres;
using MusicMetadata.Postgres.Building;

namespace MusicMetadata.Commands;

/// <summary>Copies a catalog into a database on a server.</summary>
internal static class LoadCommand
{
    /// <summary>Name of the option for the database to load into.</summary>
    public const string TargetName = "to";

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var database = StoreSettings.DatabaseOption("Path of main_database.sqlite3; track_files.sqlite3 is found beside it.");
        var target = Setting.Create(
            TargetName, "address", "The database to load it into, such as postgresql://user@host1,host2/music.", "",
            Notation.NotEmpty("give the address of a database, such as postgresql://user@host1,host2/music."));
        var command = new Command(
            "load", "Copies a catalog into PostgreSQL, beside the one that is served from there, and lets it be served when it is whole.")
        {
            database, target,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!PostgresSupport.IsThere)
            {
                throw PostgresSupport.Missing();
            }

            var address = PostgresAddress.Parse(parsed.Value(target));
            return await LoadAsync(parsed.Value(database), address, cancellation) ? 0 : StopSignals.ExitCode;
        });
        return command;
    }

    /// <summary>Loads it and says on standard error what happens; false when Ctrl+C or SIGTERM stopped it.</summary>
    private static Task<bool> LoadAsync(string database, PostgresAddress address, CancellationToken cancellation) =>
        StopSignals.RunAsync(
            async stop =>
            {
                using var source = CatalogLoader.OpenToLoad(database);
                await new CatalogLoad(source, database, address, Console.Error.WriteLine, ProgressReport.OnStandardError()).RunAsync(stop);
            },
            "stopped before the catalog was loaded. What was copied is kept: the same command continues.",
            cancellation);
}
