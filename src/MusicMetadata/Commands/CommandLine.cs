using System.CommandLine;

namespace MusicMetadata.Commands;

/// <summary>What the program can be told on the command line and in the environment.</summary>
internal static class CommandLine
{
    /// <summary>Reads a command line. What is wrong with it is in the result.</summary>
    /// <remarks>
    /// Each dash-letter is no option of its own, and an argument that begins with @ is no file with more of them: paths may.
    /// </remarks>
    public static ParseResult Parse(IReadOnlyList<string> arguments) =>
        Create().Parse(arguments, new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    /// <summary>The root command, which serves, with all others below it.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Serves a music catalog over HTTP: tracks, artists, albums and ISRCs, by lookup, batch and search.");
        var store = new StoreSettings();
        var server = new ServerSettings();
        store.AddTo(root);
        server.AddTo(root);
        root.Subcommands.Add(DemoCommand.Create());
        root.SetAction(
            (parsed, cancellation) => ServeCommand.RunAsync(store.Read(parsed), server.Read(parsed), started: null, cancellation));
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(BackupCommand.Create());
        root.Subcommands.Add(HealthcheckCommand.Create());
        VersionCommand.AddTo(root);
        root.Subcommands.Add(IndexCommand.Create());
        root.Subcommands.Add(MatchCommand.Create());
        root.Subcommands.Add(CompactCommand.Create());
        root.Subcommands.Add(LoadCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        return root;
    }
}
