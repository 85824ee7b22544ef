using System.CommandLine;

namespace MusicMetadata.Commands;

/// <summary>What the program can be told on the command line and in the environment.</summary>
internal static class CommandLine
{
    /// <summary>The root command, which serves, with all others below it.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Serves a music catalog over HTTP: tracks, artists, albums and ISRCs, by lookup, batch and search.");
        var store = new StoreSettings();
        var server = new ServerSettings();
        store.AddTo(root);
        server.AddTo(root);
        root.Subcommands.Add(DemoCommand.Create());
        root.SetAction((parsed, cancellation) => ServeCommand.RunAsync(store.Read(parsed), server.Read(parsed), started: null, cancellation));
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(BackupCommand.Create());
        root.Subcommands.Add(HealthcheckCommand.Create());
        VersionCommand.AddTo(root);
        root.Subcommands.Add(IndexCommand.Create());
        return root;
    }
}
