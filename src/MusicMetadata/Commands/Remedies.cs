using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Compact;
using MusicMetadata.Import.Demo;
using MusicMetadata.Import.MusicBrainz;
using MusicMetadata.Postgres;
using MusicMetadata.Search;
using MusicMetadata.Server;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>
/// What the operator can do on the command line about what was found wrong behind it, where nobody knows the names of options.
/// </summary>
internal static class Remedies
{
    /// <summary>The line for an error: what is wrong, and which option or variable mends it if there is one.</summary>
    /// <param name="parsed">The command line that led to it.</param>
    /// <param name="error">What is wrong.</param>
    public static string Describe(ParseResult parsed, OperatorException error)
    {
        var remedy = error.Setting switch
        {
            nameof(StoreOptions.Database) when NameOf(parsed, StoreSettings.DatabaseName) is { } name =>
                $" Give the path of {CatalogSchema.MainFileName} with {name}, or try the program with an invented catalog: metadata-api "
                    + "demo",
            PostgresSource.NoCatalog =>
                $" Load one into it: metadata-api load -{StoreSettings.DatabaseName} FILE -{LoadCommand.TargetName} ADDRESS",
            nameof(IndexOptions.IndexPath) when NameOf(parsed, StoreSettings.IndexName) is { } name =>
                $" The path of another file can be given with {name}.",
            nameof(CompactOptions.OutPath) when NameOf(parsed, CompactCommand.OutName) is { } name =>
                $" The path of another file can be given with {name}.",
            nameof(DemoOptions.Folder) when NameOf(parsed, DemoCommand.FolderName) is { } name =>
                $" Another folder can be given with {name}.",
            nameof(MusicBrainzOptions.Folder) when NameOf(parsed, ImportCommand.FolderName) is { } name =>
                $" Another folder can be given with {name}.",
            nameof(ServerOptions.Address) when NameOf(parsed, ServerSettings.AddressName) is { } name =>
                Find(parsed, ServerSettings.MetricsAddressName) is { Text.Length: > 0, Name: var other }
                    ? $" Stop it, or listen elsewhere with {name} or {other}."
                    : $" Stop it, or listen elsewhere with {name}.",
            _ => "",
        };
        return error.Message + remedy;
    }

    /// <summary>The option, or the variable that its value came from; null when the command has no such option.</summary>
    private static string? NameOf(ParseResult parsed, string option) => Find(parsed, option)?.Name;

    private static IGiven? Find(ParseResult parsed, string option) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(one => one.Name == "-" + option) is { } found
            ? parsed.GetResult(found)?.GetValueOrDefault<IGiven>()
            : null;
}
