using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Commands;

/// <summary>Builds the search index of a catalog.</summary>
internal static class IndexCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var defaults = new IndexOptions { Database = CatalogFiles.MainName };
        var database = Setting.Create("db", "file", "Path of main_database.sqlite3.", defaults.Database);
        var index = Setting.Create("index", "file", $"Where to put the index; {IndexSchema.FileName} beside the database unless given.", defaults.Index);
        var catalogId = Setting.Create("catalog-id", "id", "What to call the catalog; give the server the same.", defaults.CatalogId);
        var memory = Setting.Create("memory", "bytes", "About how much memory to use.", defaults.Memory);
        var command = new Command("index", "Builds the search index, with which searches take milliseconds.") { database, index, catalogId, memory };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new IndexOptions
            {
                Database = parsed.GetValue(database)!,
                Index = parsed.GetValue(index)!,
                CatalogId = parsed.GetValue(catalogId)!,
                Memory = parsed.GetValue(memory),
            };
            return await BuildAsync(options, cancellation) ? 0 : StopSignals.ExitCode;
        });
        return command;
    }

    /// <summary>Builds it and says on standard error what happens; false when Ctrl+C or SIGTERM stopped it.</summary>
    /// <exception cref="OperatorException">It could not be built.</exception>
    public static async Task<bool> BuildAsync(IndexOptions options, CancellationToken cancellation)
    {
        using var stop = new StopSignals(cancellation);
        var builder = new IndexBuilder(options, Console.Error.WriteLine, ProgressReport.OnStandardError());
        try
        {
            if (await Task.Run(() => builder.Build(stop.Token), CancellationToken.None))
            {
                await Console.Error.WriteLineAsync($"Built {options.IndexPath}: {new FileInfo(options.IndexPath).Length:N0} bytes.");
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("metadata-api: stopped before the index was finished. What was read is kept: the same command continues.");
            return false;
        }
    }
}
