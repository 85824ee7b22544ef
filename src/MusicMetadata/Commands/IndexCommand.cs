using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Loading;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;

namespace MusicMetadata.Commands;

/// <summary>Builds the search index of a catalog.</summary>
internal static class IndexCommand
{
    private static readonly IndexOptions Defaults = new() { IndexPath = IndexSchema.FileName };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var database = StoreSettings.DatabaseOption("Path of main_database.sqlite3, or the address of a database.");
        var index = Setting.Create(
            StoreSettings.IndexName, "file", $"Where to put the index; {IndexSchema.FileName} beside the database unless given.",
            IndexLocation.Beside, IndexLocation.NotationToBuild);
        var catalogId = StoreSettings.CatalogIdOption("What to call the catalog; give the server the same.");
        var memory = StoreSettings.MemoryOption(Defaults.Memory, IndexOptions.MinMemory);
        var words = Setting.Create(
            "words", "on|off", "Whether it has words, years and genres, for searches below /v1.", Defaults.Terms,
            Notation.OneOf("give on or off.", ("on", true), ("off", false)));
        var command = new Command(
            "index", "Builds the search index, with which searches take milliseconds.") { database, index, catalogId, memory, words };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new IndexOptions
            {
                IndexPath = parsed.Value(index).PathFor(parsed.Value(database)) ?? throw new OperatorException(
                    "Beside a database on a server there is no place for its index.", nameof(IndexOptions.IndexPath)),
                Memory = parsed.Value(memory),
                Terms = parsed.Value(words),
            };
            return await BuildAsync(parsed.Value(database), parsed.Value(catalogId), options, cancellation) ? 0 : StopSignals.ExitCode;
        });
        return command;
    }

    /// <summary>The command that builds the index of a catalog, for those who are told that it is missing.</summary>
    public static string CommandLine(string database, IndexLocation index, CatalogIdentity? catalogId) =>
        $"metadata-api index -{StoreSettings.DatabaseName} {database}"
        + (index.IsGiven ? $" -{StoreSettings.IndexName} {index.Text}" : "")
        + (catalogId is null ? "" : $" -{StoreSettings.CatalogIdName} {catalogId}");

    /// <summary>Builds it and says on standard error what happens; false when Ctrl+C or SIGTERM stopped it.</summary>
    /// <param name="database">Path of the main database.</param>
    /// <param name="catalogId">What the operator calls the catalog; null for what the files themselves tell.</param>
    /// <param name="options">What to build, and with what.</param>
    /// <param name="cancellation">Stops it as a signal does.</param>
    /// <exception cref="OperatorException">It could not be built.</exception>
    public static Task<bool> BuildAsync(
        string database, CatalogIdentity? catalogId, IndexOptions options, CancellationToken cancellation) =>
        StopSignals.RunAsync(
            async stop =>
            {
                var source = CatalogLoader.OpenToIndex(database, catalogId);
                using var store = source.Store;
                var builder = new IndexBuilder(source, options, Console.Error.WriteLine, ProgressReport.OnStandardError());
                if (await builder.BuildAsync(stop))
                {
                    await Console.Error.WriteLineAsync($"Built {options.IndexPath}: {new FileInfo(options.IndexPath).Length:N0} bytes.");
                }
            },
            "stopped before the index was finished. What was read is kept: the same command continues.",
            cancellation);
}
