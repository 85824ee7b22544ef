using System.CommandLine;
using MusicMetadata.Compact;
using MusicMetadata.Import.Demo;
using MusicMetadata.Search;

namespace MusicMetadata.Commands;

/// <summary>
/// Makes an invented catalog and serves it: what somebody new to the program tries first, and the data of tests and benchmarks.
/// </summary>
internal static class DemoCommand
{
    /// <summary>Name of the option for where the invented catalog is.</summary>
    public const string FolderName = "data";

    private static readonly DemoOptions Defaults = new();

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var tracks = Setting.Create(
            "tracks", "n", "Tracks to invent.", Defaults.Tracks,
            Notation.Number(1, DemoOptions.MaxTracks, $"give 1 to {DemoOptions.MaxTracks}."));
        var seed = Setting.Create(
            "seed", "n", "The same seed gives the same rows.", Defaults.Seed,
            Notation.Number(long.MinValue, long.MaxValue, "give a whole number."));
        var folder = Setting.Create(
            FolderName, "folder", "Where the two files are; a finished catalog there is used again.", Defaults.Folder,
            Notation.NotEmpty("give the folder for the invented catalog."));
        var onlyWrite = new Option<bool>("-only-write", "--only-write") { Description = "Make the files and end, without serving them." };
        var compact = new Option<bool>("-compact", "--compact") { Description = "Build a compact catalog of it too, and serve that." };
        var store = new StoreSettings();
        var server = new ServerSettings();
        var command = new Command("demo", "Makes an invented catalog, in some seconds, and serves it.")
        {
            tracks, seed, folder, compact, onlyWrite,
        };
        store.AddTuningTo(command);
        server.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new DemoOptions { Tracks = parsed.Value(tracks), Seed = parsed.Value(seed), Folder = parsed.Value(folder) };
            var catalog = new DemoFolder(options);
            if (!await MakeAsync(catalog, options, cancellation))
            {
                return StopSignals.ExitCode;
            }

            var database = catalog.Main;
            if (parsed.GetValue(compact))
            {
                database = CompactCommand.PathBeside(catalog.Main);
                if (!await CompactCommand.BuildAsync(catalog.Main, new CompactOptions { OutPath = database }, cancellation))
                {
                    return StopSignals.ExitCode;
                }
            }

            var catalogOptions = store.Read(parsed, database);
            if (catalogOptions.Search.IndexPath is { } indexPath)
            {
                var index = new IndexOptions { IndexPath = indexPath };
                if (!await IndexCommand.BuildAsync(database, catalogOptions.Store.CatalogId, index, cancellation))
                {
                    return StopSignals.ExitCode;
                }
            }

            if (!parsed.GetValue(onlyWrite))
            {
                var samples = DemoSamples.Find(catalog.Main);
                await ServeCommand.RunAsync(catalogOptions, server.Read(parsed), address => Print(samples, address), cancellation);
            }

            return 0;
        });
        return command;
    }

    /// <summary>Makes the catalog; false when Ctrl+C or SIGTERM stopped it.</summary>
    private static Task<bool> MakeAsync(DemoFolder catalog, DemoOptions options, CancellationToken cancellation) =>
        StopSignals.RunAsync(
            async stop =>
            {
                var made = await catalog.EnsureAsync(ProgressReport.OnStandardError(), stop);
                await Console.Error.WriteLineAsync(made
                    ? $"Made an invented catalog of {options.Tracks} tracks: {catalog.Main}"
                    : $"Using the invented catalog of {options.Tracks} tracks that is there: {catalog.Main}");
            },
            "stopped before the catalog was finished; nothing is left of it.",
            cancellation);

    private static void Print(IReadOnlyList<(string About, string Path)> samples, string address)
    {
        const string UnixSocket = "http://unix:";

        // What listens everywhere is reached at localhost, which is also what a browser can open.
        var reachable = address.Replace("//[::]:", "//localhost:", StringComparison.Ordinal)
            .Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal);
        Console.WriteLine("Try:");
        foreach (var (about, path) in samples)
        {
            Console.WriteLine(address.StartsWith(UnixSocket, StringComparison.Ordinal)
                ? $"  {about,-12}curl --unix-socket {address[UnixSocket.Length..]} 'http://localhost{path}'"
                : $"  {about,-12}{reachable}{path}");
        }
    }
}
