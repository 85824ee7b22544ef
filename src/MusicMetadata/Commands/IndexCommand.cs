using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Sqlite;

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
        var memory = Setting.Create("memory", "bytes", "About how much memory to use.", defaults.Memory);
        var command = new Command("index", "Builds the search index, with which searches take milliseconds.") { database, index, memory };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(new IndexOptions { Database = parsed.GetValue(database)!, Index = parsed.GetValue(index)!, Memory = parsed.GetValue(memory) }, cancellation),
            CancellationToken.None));
        return command;
    }

    /// <summary>Builds it and says what happens on standard error.</summary>
    /// <exception cref="OperatorException">It could not be built.</exception>
    public static void Run(IndexOptions options, CancellationToken cancellation)
    {
        try
        {
            if (new IndexBuilder(options, Console.Error.WriteLine, ProgressReport.OnStandardError()).Build(cancellation))
            {
                Console.Error.WriteLine($"Built {options.IndexPath}: {new FileInfo(options.IndexPath).Length:N0} bytes.");
            }
        }
        catch (OperationCanceledException)
        {
            throw new OperatorException("Stopped. What was read so far is kept: start the same command again to continue.");
        }
    }
}
