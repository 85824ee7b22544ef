using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using MusicMetadata.Server;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>Says exactly what this executable is made of: what <c>version</c> and <c>--version</c> print.</summary>
internal sealed class VersionCommand : SynchronousCommandLineAction
{
    /// <summary>Adds the command, and makes the option that every root command has say the same.</summary>
    public static void AddTo(RootCommand root)
    {
        var action = new VersionCommand();
        root.Subcommands.Add(new Command("version", "Shows the version of this program and of what it is made of.") { Action = action });
        root.Options.OfType<VersionOption>().Single().Action = action;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine($"""
            metadata-api {ProductVersion.Number}
            commit: {ProductVersion.Commit ?? "unknown"}
            runtime: {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}
            sqlite: {Connection.SqliteVersion}
            sqlite options: {string.Join(' ', Connection.CompileOptions())}
            """);
        return 0;
    }
}
