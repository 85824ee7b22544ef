using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Compact;
using MusicMetadata.Compact.Building;
using MusicMetadata.Loading;

namespace MusicMetadata.Commands;

/// <summary>Builds a compact catalog, or compares one with what it was built from.</summary>
internal static class CompactCommand
{
    /// <summary>Name of the option for the path of the file to build.</summary>
    public const string OutName = "out";

    private static readonly CompactOptions Defaults = new() { OutPath = CompactFormat.FileName };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var database = StoreSettings.DatabaseOption("Path of main_database.sqlite3; track_files.sqlite3 is found beside it.");
        var path = Setting.Create(
            OutName, "file", $"Where to put the compact catalog; {CompactFormat.FileName} beside the database unless given.", "",
            Notation.Text);
        var memory = StoreSettings.MemoryOption(Defaults.Memory, CompactOptions.MinMemory);
        var level = Setting.Create(
            "level", "n", "The level of zstd; higher ones take longer and make a smaller file.", Defaults.Level,
            Notation.Number(1, CompactOptions.MaxLevel, $"give 1 to {CompactOptions.MaxLevel}."));
        var verify = new Option<bool>("-verify", "--verify")
        {
            Description = "Build nothing: ask the compact catalog and the database for everything, and compare the answers.",
        };
        var command = new Command(
            "compact", "Builds a compact catalog: one file of a seventh of the size, served in place of the database files.")
        {
            database, path, memory, level, verify,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new CompactOptions
            {
                OutPath = parsed.Value(path) is { Length: > 0 } given ? Path.GetFullPath(given) : PathBeside(parsed.Value(database)),
                Memory = parsed.Value(memory),
                Level = parsed.Value(level),
            };
            return parsed.GetValue(verify)
                ? VerifyAsync(parsed.Value(database), options.OutPath, cancellation)
                : RunAsync(parsed.Value(database), options, cancellation);
        });
        return command;
    }

    /// <summary>The path of the compact catalog of a database when no other is given.</summary>
    public static string PathBeside(string database) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database))!, CompactFormat.FileName);

    /// <summary>Builds it and says on standard error what happens; false when Ctrl+C or SIGTERM stopped it.</summary>
    /// <exception cref="OperatorException">It could not be built.</exception>
    public static Task<bool> BuildAsync(string database, CompactOptions options, CancellationToken cancellation) =>
        StopSignals.RunAsync(
            async stop =>
            {
                var source = CatalogLoader.OpenToCompact(database);
                using var store = source.Store;
                var builder = new CompactBuilder(source, options, Console.Error.WriteLine, ProgressReport.OnStandardError());
                if (await builder.BuildAsync(stop))
                {
                    await Console.Error.WriteLineAsync($"Built {options.OutPath}: {new FileInfo(options.OutPath).Length:N0} bytes.");
                }
            },
            "stopped before the compact catalog was finished. Finished phases are kept: the same command continues.",
            cancellation);

    private static async Task<int> RunAsync(string database, CompactOptions options, CancellationToken cancellation) =>
        await BuildAsync(database, options, cancellation) ? 0 : StopSignals.ExitCode;

    private static async Task<int> VerifyAsync(string database, string path, CancellationToken cancellation)
    {
        var differences = 0;
        var isDone = await StopSignals.RunAsync(
            async stop => differences = await CompareAsync(database, path, stop),
            "stopped before everything was compared.",
            cancellation);
        return !isDone ? StopSignals.ExitCode : differences == 0 ? 0 : 1;
    }

    /// <summary>Compares, and prints each difference; returns how many there are.</summary>
    private static async Task<int> CompareAsync(string database, string path, CancellationToken cancellation)
    {
        try
        {
            using var source = CatalogLoader.OpenToCompact(database).Store;
            using var compact = CatalogLoader.OpenToCompact(path).Store;
            using var expected = await source.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never(cancellation));
            using var found = await compact.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never(cancellation));
            var differences = await new CompactVerifier(expected, found, ProgressReport.OnStandardError()).RunAsync(cancellation);
            foreach (var difference in differences)
            {
                Console.WriteLine("difference: " + difference);
            }

            Console.WriteLine(differences.Count switch
            {
                0 => "ok",
                < CompactVerifier.MaxDifferences => $"{differences.Count} found",
                _ => "too many to go on",
            });
            return differences.Count;
        }
        catch (CatalogException e)
        {
            throw new OperatorException(e.Detail);
        }
    }
}
